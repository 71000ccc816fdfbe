package io.touchstone.generation.judge;

import io.touchstone.generation.GeneratorDescription;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Opens a generator as a scorer that judges. */
public final class JudgeScorerFactory implements ScorerFactory {
  private static final long serialVersionUID = 1L;

  /** What a reward is called that has no name. */
  private static final String REWARD = "reward";

  /** About how long prompts are, for the share of a load that is under way at once. */
  private static final int USUAL_TOKENS = 512;

  /** At the end of a load the longest judgement is waited for: it should have several times. */
  private static final int TURNS = 4;

  private static final int LEAST_LOAD = 1 << 14;
  private static final int MOST_LOAD = 1 << 18;

  /** These only say which tokens prompts have, and those are part of what a score depends on. */
  private static final Set<String> OF_PROMPTS = Set.of("template-date", "tools", "thinking");

  /** What is told of draws. */
  private static final List<String> DRAWS =
      List.of("seed", "temperature", "top-k", "top-p", "min-p");

  /** What is off, or as nobody chose it. */
  private static final Set<String> OFF = Set.of("0.0", "0");

  private final GeneratorFactory generators;
  private final Judge judge;
  private final int maxNewTokens;
  private final ModelDescription model;

  /**
   * @param generators whose answers have the judgements of the judge's rule
   * @param maxNewTokens of each answer
   */
  public JudgeScorerFactory(GeneratorFactory generators, Judge judge, int maxNewTokens) {
    this.generators = generators;
    this.judge = judge;
    this.maxNewTokens = maxNewTokens;
    GeneratorDescription of = generators.description();
    List<String> names = judge.question().names();
    this.model =
        new ModelDescription(
            of.model(),
            of.fingerprint(),
            of.architecture(),
            names.isEmpty() ? List.of(REWARD) : names,
            of.maxTokens() - maxNewTokens,
            ModelDescription.judged("chat"),
            of.effective().getOrDefault("template-date", ""),
            of.precision(),
            identity(judge, of.effective()),
            judge.question(),
            Steps.NONE,
            reading(of, judge));
  }

  /** All that decides a judgement beside the prompt's tokens and the model. */
  private static String identity(Judge judge, SortedMap<String, String> effective) {
    String sampling =
        effective.entrySet().stream()
            .filter(setting -> !OF_PROMPTS.contains(setting.getKey()))
            .map(setting -> setting.getKey() + " " + setting.getValue())
            .collect(Collectors.joining(", "));
    return "judgement at "
        + judge.rule().wanted()
        + " less "
        + judge.rule().unwanted()
        + " behind '"
        + judge.rule().marker()
        + "', missing "
        + (judge.missing() == null ? "left out" : judge.missing())
        + "; "
        + sampling;
  }

  private static ModelReading reading(GeneratorDescription of, Judge judge) {
    List<String> notes = new ArrayList<>();
    of.reading().notes().forEach(note -> notes.add(JudgeWords.of(note)));
    notes.add(told(of.effective()));
    return new ModelReading(
        of.reading().tokenizer(),
        of.reading().tokenizerDifferences(),
        String.format(
            Locale.ROOT,
            "log-probability of '%s' (token %d) less that of '%s' (token %d) behind the last '%s' of"
                + " what the model writes",
            judge.words().wanted(),
            judge.rule().wanted(),
            judge.words().unwanted(),
            judge.rule().unwanted(),
            judge.rule().marker()),
        List.of(),
        notes,
        of.reading().warnings());
  }

  private static String told(SortedMap<String, String> effective) {
    List<String> told = new ArrayList<>();
    told.add(effective.get("max-new-tokens") + " tokens at most");
    told.add(effective.get("samples") + " to a prompt");
    DRAWS.stream()
        .filter(effective::containsKey)
        .filter(name -> !OFF.contains(effective.get(name)))
        .forEach(name -> told.add(name + " " + effective.get(name)));
    return "judgements: " + effective.get("decoding") + ", " + String.join(", ", told);
  }

  @Override
  public ModelDescription model() {
    return model;
  }

  /** What is under way takes all of it, and a load waits outside of the model. */
  @Override
  public Optional<MemoryPlan> memory() {
    return Optional.empty();
  }

  @Override
  public long mostWritten() {
    return Long.parseLong(generators.description().effective().getOrDefault("samples", "1"))
        * maxNewTokens;
  }

  @Override
  public boolean asksMachines() {
    return generators.asksMachines();
  }

  @Override
  public void checkMachine() {
    generators.checkMachine();
  }

  @Override
  public ReplicaDevice place(Optional<GivenGpu> given) {
    return generators.place(given);
  }

  @Override
  public Scorer open() {
    return new JudgeScorer(generators.open(), judge, maxNewTokens, loadTokens());
  }

  @Override
  public Scorer open(ReplicaDevice place) {
    return new JudgeScorer(generators.open(place), judge, maxNewTokens, loadTokens());
  }

  private int loadTokens() {
    long atOnce =
        generators
            .memory()
            .map(memory -> memory.forSequences() / memory.bytes(USUAL_TOKENS + maxNewTokens))
            .orElse(1L);
    return (int) Math.max(LEAST_LOAD, Math.min(MOST_LOAD, TURNS * atOnce * USUAL_TOKENS));
  }
}
