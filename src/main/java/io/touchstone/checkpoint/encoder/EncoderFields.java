package io.touchstone.checkpoint.encoder;

import io.touchstone.checkpoint.config.ClassifierReader;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.Refusals;
import io.touchstone.checkpoint.config.RewardHead;
import java.util.Optional;
import java.util.OptionalInt;

/** What families read of {@code config.json} alike. */
record EncoderFields(Fields config) {
  private static final int MOST_LAYERS = 10_000;

  int layers(int absent) {
    String key = "num_hidden_layers";
    return config.has(key) ? config.countUpTo(key, MOST_LAYERS).orElse(1) : absent;
  }

  /** Heads that share the hidden size evenly. */
  int heads(int absent, int hiddenSize) {
    int heads = config.count("num_attention_heads", absent);
    if (hiddenSize % heads != 0) {
      config.expected(
          "num_attention_heads", "a divisor of the hidden size " + hiddenSize, "" + heads);
      return 1;
    }
    return heads;
  }

  /** A flag that is true where it is missing. */
  boolean unlessFalse(String key) {
    return !config.has(key) || config.flag(key);
  }

  /** What other arithmetic would ask for. */
  void refuse(String... keys) {
    for (String key : keys) {
      if (config.given(key) && !config.get(key).asText().equals("false")) {
        config.expected(key, "none, as it is not supported");
      }
    }
    Refusals refusals = new Refusals(config, config);
    refusals.storage();
    refusals.quantised();
    refusals.code();
  }

  /** The head's outputs, their names and what they are. */
  EncoderHead head(
      EncoderHead.Pooling pooling,
      Optional<EncoderHead.Dense> dense,
      String output,
      int vocabSize) {
    RewardHead.Classifier outputs = new ClassifierReader(config).read(vocabSize);
    return new EncoderHead(
        pooling,
        dense,
        output,
        outputs.outputs(),
        outputs.labelNames(),
        problem(outputs.outputs()));
  }

  private EncoderHead.Problem problem(int outputs) {
    EncoderHead.Problem usual =
        outputs == 1 ? EncoderHead.Problem.REGRESSION : EncoderHead.Problem.ONE_LABEL;
    String key = "problem_type";
    if (!config.given(key)) {
      return usual;
    }
    return switch (config.get(key).asText()) {
      case "regression" -> EncoderHead.Problem.REGRESSION;
      case "single_label_classification" -> usual;
      case "multi_label_classification" -> EncoderHead.Problem.LABELS;
      default -> {
        config.expected(
            key, "regression, single_label_classification or multi_label_classification");
        yield usual;
      }
    };
  }

  OptionalInt padTokenId(int vocabSize) {
    return new ClassifierReader(config).padTokenId(vocabSize);
  }
}
