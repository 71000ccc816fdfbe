package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.engine.device.Placing;
import io.touchstone.engine.device.Processor;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.reward.Attributes;
import io.touchstone.scoring.ModelReading;
import io.touchstone.tokenizer.HuggingFaceTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** All that could keep the engine from scoring with a sound folder, looked at before it begins. */
record EngineCheck(
    Checkpoint checkpoint, EngineConfig config, FolderCheck folder, Problems problems) {

  /** The word for all that a score is made of. */
  static final List<String> ALL = List.of("all");

  /** What the published code calls a gated score. */
  private static final String SCORE = "score";

  /**
   * What the model and the wishes for it come to.
   *
   * @param causal what is read of a causal model
   * @param attributes names of the outputs, in their order, or of the principles
   * @param maxTokens the most that one prompt may have
   */
  record Passed(
      CausalReward causal, List<String> attributes, int maxTokens, ModelReading reading) {}

  /**
   * @param config with a device that is settled
   * @throws Refused with every problem
   */
  static Passed of(Checkpoint checkpoint, EngineConfig config) {
    Problems problems = new Problems();
    FolderCheck folder = new FolderCheck(checkpoint, problems);
    EngineCheck check = new EngineCheck(checkpoint, config, folder, problems);
    check.rewardToken();
    check.steps().head();
    folder.tensors();
    List<String> attributes = check.attributes();
    int maxTokens = check.maxTokens();
    folder.device(config.device());
    check.memory();
    folder.attempt(
        () -> EngineScorerFactory.promptFormat(checkpoint, config.prompt(), config.templateDate()));
    if (config.prompt() != PromptChoice.CHAT && config.reading().chatTemplate().isPresent()) {
      check.problems.add(
          Problem.at("chat template")
              .expected("none beside --prompt " + config.prompt().word())
              .found("one"));
    }
    if (checkpoint.head() instanceof RewardHead.Classifier head
        && head.gate().isPresent()
        && config.prompt() != PromptChoice.CHAT) {
      check.problems.add(
          Problem.at("prompt")
              .expected("chat, as a gate reads where the last answer's header begins")
              .found(config.prompt().word()));
    }
    Tokens tokens = check.tokens();
    if (!check.problems.isEmpty()) {
      throw Refused.in(config.model(), check.problems.found());
    }
    ReadingText text = new ReadingText(checkpoint, config, tokens.causal);
    return new Passed(tokens.causal, attributes, maxTokens, text.reading(tokens.beyond));
  }

  /**
   * What is to be known of single tokens.
   *
   * @param beyond the added tokens that the model cannot embed
   */
  private record Tokens(CausalReward causal, List<String> beyond) {}

  private Tokens tokens() {
    List<CausalReward> asked = new ArrayList<>();
    List<String> beyond =
        folder.tokenizer(
            tokenizer -> {
              config
                  .asking()
                  .ifPresent(
                      asking ->
                          asked.add(
                              pair(asking.wanted(), asking.unwanted(), asking.scale(), tokenizer)));
              List<String> answers = config.steps().answers();
              if (!answers.isEmpty()) {
                asked.add(pair(answers.get(0), answers.get(1), AnswerScale.PROBABILITY, tokenizer));
              }
              steps().prompts(tokenizer);
            });
    return new Tokens(
        asked.isEmpty() ? new CausalReward.OfToken(config.rewardToken()) : asked.get(0), beyond);
  }

  private CausalReward pair(
      String wanted, String unwanted, AnswerScale scale, HuggingFaceTokens tokenizer) {
    return new CausalReward.OfPair(answer(wanted, tokenizer), answer(unwanted, tokenizer), scale);
  }

  /** The id of an answer's one token. */
  private int answer(String text, HuggingFaceTokens tokenizer) {
    int[] ids = tokenizer.encode(text);
    if (ids.length == 1 && ids[0] < checkpoint.decoder().vocabSize()) {
      return ids[0];
    }
    problems.add(
        Problem.at("answer token '" + Problem.shown(text) + "'")
            .expected("a text that is one token of the model's")
            .found(
                ids.length == 1
                    ? "token " + ids[0] + ", for which it has no row"
                    : ids.length
                        + " tokens: "
                        + Arrays.stream(ids)
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(", "))));
    return 0;
  }

  private void asking() {
    if (checkpoint.head() instanceof RewardHead.Classifier) {
      problems.add(
          Problem.in("config.json")
              .field("architectures")
              .expected("a causal model for answer tokens")
              .found(checkpoint.architecture()));
    }
    if (config.prompt() != PromptChoice.CHAT) {
      problems.add(
          Problem.at("answer tokens")
              .expected("--prompt chat beside them, for its generation prompt")
              .found(config.prompt().word()));
    }
  }

  private void rewardToken() {
    if (config.asking().isPresent()) {
      asking();
      return;
    }
    int token = config.rewardToken();
    int last = checkpoint.decoder().vocabSize() - 1;
    if (checkpoint.head() instanceof RewardHead.Classifier) {
      if (token != 0) {
        problems.add(
            Problem.in("config.json")
                .field("architectures")
                .expected("a causal model for a reward token")
                .found(checkpoint.architecture()));
      }
    } else if (token < 0 || token > last) {
      problems.add(Problem.at("reward token").expected("an id from 0 to " + last).found(token));
    }
  }

  private StepCheck steps() {
    return new StepCheck(checkpoint, config, problems);
  }

  private List<String> attributes() {
    if (config.steps().areJudged() && config.attributes().isEmpty()) {
      return List.of(ReadingText.REWARD);
    }
    if (config.asking().isPresent() && config.attributes().isEmpty()) {
      List<String> principles = config.question().names();
      return principles.isEmpty() ? List.of(ReadingText.REWARD) : principles;
    }
    try {
      return checkpoint.head() instanceof RewardHead.Classifier classifier
              && !classifier.isOfSteps()
          ? attributes(classifier)
          : Attributes.of(1, List.of(), config.attributes()).names();
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private List<String> attributes(RewardHead.Classifier head) {
    List<String> chosen = config.attributes();
    if (head.gate().isPresent()) {
      List<String> all = new ArrayList<>(List.of(SCORE));
      all.addAll(head.labelNames());
      return chosen.size() > 1 || chosen.equals(ALL)
          ? Attributes.of(all.size(), all, chosen.equals(ALL) ? List.of() : chosen).names()
          : Attributes.of(1, List.of(SCORE), chosen).names();
    }
    if (chosen.equals(ALL)) {
      throw new IllegalArgumentException(
          Problem.at("attributes")
              .expected(
                  "names of the model's own; all is for one that makes its score of objectives")
              .found("all"));
    }
    return Attributes.of(head.outputs(), head.labelNames(), chosen).names();
  }

  private int maxTokens() {
    int most = checkpoint.decoder().mostTokens();
    int asked = config.maxTokens().orElse(most);
    if (asked < 1 || asked > most) {
      problems.add(
          Problem.at("max tokens")
              .expected("from 1 to the model's max_position_embeddings, " + most)
              .found(asked));
    }
    return asked;
  }

  /** What is left to the machine, each executor finds out on its own. */
  private void memory() {
    if (config.resources().memory() > 0) {
      folder.attempt(
          () -> {
            Processor processor = Processor.of(Placing.alone(config.device()), config.precision());
            MemoryNeed.of(checkpoint, processor).plan(config.resources().on(processor.device()));
          });
    }
  }
}
