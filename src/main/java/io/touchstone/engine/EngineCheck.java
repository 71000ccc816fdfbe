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
import java.util.ArrayList;
import java.util.List;

/** All that could keep the engine from scoring with a sound folder, looked at before it begins. */
record EngineCheck(
    Checkpoint checkpoint, EngineConfig config, FolderCheck folder, Problems problems) {

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
            tokenizer ->
                config
                    .asking()
                    .ifPresent(
                        asking ->
                            asked.add(
                                new CausalReward.OfPair(
                                    folder.answerToken(asking.wanted(), tokenizer),
                                    folder.answerToken(asking.unwanted(), tokenizer),
                                    asking.scale()))));
    return new Tokens(
        asked.isEmpty() ? new CausalReward.OfToken(config.rewardToken()) : asked.get(0), beyond);
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

  private List<String> attributes() {
    if (config.asking().isPresent() && config.attributes().isEmpty()) {
      List<String> principles = config.question().names();
      return principles.isEmpty() ? List.of(ReadingText.REWARD) : principles;
    }
    try {
      return checkpoint.head() instanceof RewardHead.Classifier classifier
          ? Attributes.of(classifier.outputs(), classifier.labelNames(), config.attributes())
              .names()
          : Attributes.of(1, List.of(), config.attributes()).names();
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return List.of();
    }
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
