package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.reward.Attributes;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.ScorerException;
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.tokenizer.HuggingFaceTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** All that could keep the engine from scoring with a sound folder, looked at before it begins. */
record EngineCheck(Checkpoint checkpoint, EngineConfig config, Problems problems) {

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
    EngineCheck check = new EngineCheck(checkpoint, config, new Problems());
    check.rewardToken();
    check.tensors();
    List<String> attributes = check.attributes();
    int maxTokens = check.maxTokens();
    check.device();
    check.memory();
    check.attempt(
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

  /** What another room refuses is a problem like the others. */
  private void attempt(Runnable use) {
    try {
      use.run();
    } catch (IllegalArgumentException | ScorerException | TemplateException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What is to be known of single tokens.
   *
   * @param beyond the added tokens that the model cannot embed
   */
  private record Tokens(CausalReward causal, List<String> beyond) {}

  /** Makes the tokenizer once, and asks it. */
  private Tokens tokens() {
    List<String> beyond = new ArrayList<>();
    CausalReward causal = new CausalReward.OfToken(config.rewardToken());
    try (HuggingFaceTokens tokenizer = HuggingFaceTokens.of(checkpoint.tokenizerJson())) {
      int vocabulary = checkpoint.decoder().vocabSize();
      for (String token : checkpoint.tokenizer().addedTexts()) {
        if (Arrays.stream(tokenizer.encode(token)).anyMatch(id -> id >= vocabulary)) {
          beyond.add(token);
        }
      }
      if (config.asking().isPresent()) {
        Asking asking = config.asking().get();
        causal =
            new CausalReward.OfPair(
                answer(asking.wanted(), tokenizer),
                answer(asking.unwanted(), tokenizer),
                asking.scale());
      }
    } catch (IllegalArgumentException | ScorerException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return new Tokens(causal, beyond);
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

  private void tensors() {
    checkpoint.tensors().values().stream()
        .filter(tensor -> tensor.length() > StoredWeights.MOST_BYTES)
        .map(StoredWeights::tooLarge)
        .forEach(problems::add);
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
    int most = checkpoint.decoder().maxPositionEmbeddings();
    int asked = config.maxTokens().orElse(most);
    if (asked < 1 || asked > most) {
      problems.add(
          Problem.at("max tokens")
              .expected("from 1 to the model's max_position_embeddings, " + most)
              .found(asked));
    }
    return asked;
  }

  /** A device by its index is this process's own; a scheduler's each executor finds out about. */
  private void device() {
    if (config.device() instanceof DeviceRule.Cuda cuda) {
      attempt(() -> Libtorch.require(new ReplicaDevice.Cuda(cuda.index())));
    }
  }

  /** What is left to the machine, each executor finds out on its own. */
  private void memory() {
    if (config.resources().memory() > 0) {
      attempt(
          () -> {
            Processor processor = Processor.of(Placing.alone(config.device()), config.precision());
            MemoryNeed.of(checkpoint, processor).plan(config.resources().on(processor.device()));
          });
    }
  }
}
