package io.touchstone.generation.sampling;

import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.checkpoint.config.GenerationConfig.Warpers;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Decides what holds as transformers 5.23.0 does ({@code _prepare_generation_config}): what the
 * call says, else the folder, else transformers' own values. Greedy or not is the call's as well
 * where it says anything of draws.
 */
final class SamplingChoice {
  private static final int TRANSFORMERS_TOP_K = 50;
  private static final String GREEDY = "--greedy";
  private static final String TEMPERATURE = "--temperature";

  private final SamplingAsk ask;
  private final GenerationConfig config;
  private final int vocabulary;
  private final Problems problems;
  private final List<String> notes = new ArrayList<>();

  SamplingChoice(SamplingAsk ask, GenerationConfig config, int vocabulary, Problems problems) {
    this.ask = ask;
    this.config = config;
    this.vocabulary = vocabulary;
    this.problems = problems;
  }

  Optional<EffectiveSampling> decide() {
    Problems own = new Problems();
    new SamplingLimits(ask, config, vocabulary, own).check();
    boolean greedy = isGreedy(own);
    int samples = samples(greedy, own);
    if (!greedy && ask.firstGreedy() && samples == 1) {
      greedy = true;
      drawFlags()
          .keySet()
          .forEach(flag -> notes.add(flag + " has no effect, as the only answer is greedy"));
    }
    Decoding decoding = greedy ? new Decoding.Greedy() : drawn(own);
    int maxNewTokens = maxNewTokens(own);
    noteEnds();
    if (greedy && ask.seed().isPresent()) {
      notes.add("--seed has no effect, as answers are greedy");
    }
    problems.addAll(own.found());
    if (!own.isEmpty()) {
      return Optional.empty();
    }
    SamplingRules rules =
        new SamplingRules(
            decoding,
            config
                .logits()
                .withRepetitionPenalty(
                    ask.repetitionPenalty().orElse(config.logits().repetitionPenalty())),
            config.eosIds(),
            config.lengths().minLength(),
            config.lengths().minNewTokens().orElse(0),
            maxNewTokens,
            ask.stops().isEmpty() ? config.stops() : ask.stops(),
            samples,
            greedy ? 0 : ask.seed().orElse(0));
    return Optional.of(new EffectiveSampling(rules, RuleNames.of(rules), notes));
  }

  /** What the call says of draws, in the words it was said. */
  private Map<String, String> drawFlags() {
    Map<String, String> flags = new LinkedHashMap<>();
    ask.temperature().ifPresent(value -> flags.put(TEMPERATURE, "" + value));
    ask.topP().ifPresent(value -> flags.put("--top-p", "" + value));
    ask.topK().ifPresent(value -> flags.put("--top-k", "" + value));
    ask.minP().ifPresent(value -> flags.put("--min-p", "" + value));
    return flags;
  }

  private boolean isGreedy(Problems own) {
    Map<String, String> flags = drawFlags();
    boolean cold = isCold();
    if (cold) {
      flags.remove(TEMPERATURE);
    }
    if (ask.greedy()) {
      flags.forEach(
          (flag, value) ->
              own.add(
                  Problem.at(GREEDY)
                      .expected("no " + flag + " beside it, which asks for draws")
                      .found(flag + " " + value)));
      return true;
    }
    if (cold) {
      notes.add("--temperature 0 means greedy: the most probable token each time");
      flags.keySet().forEach(flag -> notes.add(flag + " has no effect, as answers are greedy"));
      return true;
    }
    if (!flags.isEmpty()) {
      return false;
    }
    boolean greedy = !config.warpers().doSample().orElse(false);
    if (greedy) {
      noteUnused(config.warpers());
    }
    return greedy;
  }

  private boolean isCold() {
    return ask.temperature().isPresent() && ask.temperature().getAsDouble() == 0;
  }

  /** A file that means draws and does not say so. */
  private void noteUnused(Warpers warpers) {
    List<String> unused = new ArrayList<>();
    warpers.temperature().ifPresent(value -> unused.add("temperature " + value));
    warpers.topK().ifPresent(value -> unused.add("top_k " + value));
    warpers.topP().ifPresent(value -> unused.add("top_p " + value));
    warpers.minP().ifPresent(value -> unused.add("min_p " + value));
    if (!unused.isEmpty() && warpers.doSample().isEmpty()) {
      notes.add(
          "[%s] has %s, but no do_sample: answers are greedy as in transformers 5.23, where vLLM"
                  .formatted(config.source(), String.join(", ", unused))
              + " draws; any of --temperature, --top-p, --top-k and --min-p turns draws on");
    }
  }

  private Decoding drawn(Problems own) {
    Decoding.Sampling draws = sampling(own);
    return ask.firstGreedy() ? new Decoding.FirstGreedy(draws) : draws;
  }

  private Decoding.Sampling sampling(Problems own) {
    Warpers warpers = config.warpers();
    double temperature = first(ask.temperature(), warpers.temperature(), 1);
    if (temperature == 0) {
      own.add(
          Problem.in(config.source())
              .field("temperature")
              .expected("a number above 0 where tokens are drawn; --greedy takes the best one")
              .found(temperature));
    }
    return new Decoding.Sampling(
        temperature,
        warpers.topH().orElse(0),
        topK(warpers),
        first(ask.topP(), warpers.topP(), 1),
        first(ask.minP(), warpers.minP(), 0),
        warpers.typicalP().orElse(1),
        warpers.epsilonCutoff().orElse(0),
        warpers.etaCutoff().orElse(0));
  }

  private int topK(Warpers warpers) {
    OptionalInt said = ask.topK().isPresent() ? ask.topK() : warpers.topK();
    if (said.isEmpty()) {
      notes.add(
          "top-k %d is transformers' own value, as neither the call nor %s sets one: draws are from"
                  .formatted(TRANSFORMERS_TOP_K, config.source())
              + " the most probable tokens only, where vLLM's are from all; --top-k 0 draws from all");
    }
    return said.orElse(TRANSFORMERS_TOP_K);
  }

  private static double first(OptionalDouble ask, OptionalDouble file, double otherwise) {
    return ask.isPresent() ? ask.getAsDouble() : file.orElse(otherwise);
  }

  private int maxNewTokens(Problems own) {
    OptionalInt said =
        ask.maxNewTokens().isPresent() ? ask.maxNewTokens() : config.lengths().maxNewTokens();
    if (said.isEmpty()) {
      own.add(
          Problem.at("--max-new-tokens")
              .expected("how long an answer may be, as " + config.source() + " does not say")
              .found("none"));
    }
    return said.orElse(1);
  }

  private int samples(boolean greedy, Problems own) {
    OptionalInt said = ask.samples().isPresent() ? ask.samples() : config.samples();
    if (greedy && said.orElse(1) > 1) {
      Problem where =
          ask.samples().isPresent()
              ? Problem.at("--samples")
              : Problem.in(config.source()).field("num_return_sequences");
      own.add(
          where
              .expected("1 beside " + greedyBy() + ", as all would be alike")
              .found(said.getAsInt()));
    }
    return said.orElse(1);
  }

  /** Why answers are greedy. */
  private String greedyBy() {
    if (ask.greedy()) {
      return GREEDY;
    }
    return isCold()
        ? "--temperature 0, which means greedy"
        : "greedy answers, which are the rule where neither the call nor "
            + config.source()
            + " asks for draws (--temperature 1 does)";
  }

  private void noteEnds() {
    if (config.eosIds().isEmpty()) {
      String elsewhere =
          config.source().equals(GenerationConfig.CONFIG)
              ? ""
              : ", and what config.json names does not count, as in transformers 5.23";
      notes.add(
          "no token ends an answer: [%s] names no eos_token_id%s; answers end at --max-new-tokens or"
                  .formatted(config.source(), elsewhere)
              + " with a stop string");
    }
    config.eosIds().stream()
        .filter(id -> id >= vocabulary)
        .forEach(
            id ->
                notes.add(
                    "[%s] eos_token_id %d never comes: the model has %d tokens"
                        .formatted(config.source(), id, vocabulary)));
  }
}
