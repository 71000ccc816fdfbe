package io.touchstone.checkpoint.config;

import io.touchstone.checkpoint.config.HeadLayer.Bias;
import io.touchstone.checkpoint.config.RewardHead.Position;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a model class puts on its decoder. Heads of classes that transformers does not have are
 * known from the code that is published for them, which is never run.
 */
public enum HeadClass {
  /** {@code …ForCausalLM}. */
  LOGITS {
    @Override
    public Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder) {
      return Optional.empty();
    }
  },

  /** {@code …ForSequenceClassification}. */
  SCORE {
    @Override
    public Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder) {
      RewardHead.Classifier head = new ClassifierReader(config).read(decoder.vocabSize());
      return Optional.of(head.outputs() == 1 ? head.with(Normalization.read(config)) : head);
    }
  },

  /** OpenRLHF's reward models (openrlhf/models/model.py at 3c3be62). */
  OPEN_RLHF {
    @Override
    public Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder) {
      String key = "value_head_prefix";
      List<String> names = List.of("score", "value_head");
      if (config.given(key)) {
        if (config.get(key).isTextual()) {
          names = List.of(config.get(key).textValue());
        } else {
          config.expected(key, "a name");
        }
      }
      return Optional.of(
          head(config, decoder, Position.LAST, List.of(new HeadLayer(names, 1, Bias.NONE)))
              .with(Normalization.read(config)));
    }
  },

  /** Qwen's and INF's (modeling_qwen2_rm.py; reward-bench, models/inform.py at 05a9005). */
  TWO_LAYERS {
    @Override
    public Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder) {
      return Optional.of(
          head(
              config,
              decoder,
              Position.BEFORE_FIRST_PAD,
              List.of(
                  HeadLayer.of("score.0", decoder.hiddenSize(), Bias.ALWAYS),
                  HeadLayer.of("score.2", 1, Bias.ALWAYS))));
    }
  },

  /** GRM's value head (reward-bench, models/grm.py at 05a9005). */
  VALUE {
    @Override
    public Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder) {
      List<HeadLayer> layers = List.of(HeadLayer.of("v_head.summary", 1, Bias.ALWAYS));
      if (!config.get("vhead_layer_type").asText("mlp").equals("linear")) {
        if (config.count("vhead_num_layers", 1) != 1) {
          config.expected("vhead_num_layers", "1");
        }
        layers =
            List.of(
                HeadLayer.of(
                    "v_head.summary.0", config.count("vhead_num_neurons", 1024), Bias.ALWAYS),
                HeadLayer.of("v_head.summary.2", 1, Bias.ALWAYS));
      }
      return Optional.of(head(config, decoder, Position.LAST, layers));
    }
  },

  /** ArmoRM's (modeling_custom.py of RLHFlow/ArmoRM-Llama3-8B-v0.1). */
  GATED {
    @Override
    public Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder) {
      String key = "num_objectives";
      if (config.given(QUANTILES)) {
        config.expected(
            QUANTILES, "none, as the gate of models of quantiles (QRM) is not supported");
      }
      int objectives =
          config.has(key) ? config.countUpTo(key, ClassifierReader.MAX_OUTPUTS).orElse(1) : 19;
      return Optional.of(
          new RewardHead.Classifier(
              objectives,
              Gate.objectives(objectives),
              new ClassifierReader(config).padTokenId(decoder.vocabSize()),
              Position.BEFORE_FIRST_PAD,
              List.of(HeadLayer.of("regression_layer", objectives, Bias.NONE)),
              Optional.empty(),
              Optional.of(Gate.read(config, objectives))));
    }
  },

  /** UltraRM's and Eurus' (reward-bench, models/openbmb.py at 05a9005). */
  REGRESSION {
    @Override
    public Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder) {
      return Optional.of(
          head(
              config,
              decoder,
              Position.LAST,
              List.of(HeadLayer.of("regression_head", 1, Bias.NONE))));
    }
  },

  /** {@code …ForTokenClassification} of two labels: a wrong step, and a right one. */
  TOKEN_SCORES {
    @Override
    public Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder) {
      int outputs = new ClassifierReader(config).read(decoder.vocabSize()).outputs();
      if (outputs != STEP_LABELS) {
        config.expected(
            "num_labels",
            "2 of a class that is read at each step, a wrong one and a right one",
            Integer.toString(outputs));
      }
      return Optional.of(
          head(
              config,
              decoder,
              Position.STEP_ENDS,
              List.of(HeadLayer.of("score", STEP_LABELS, Bias.ALWAYS))));
    }
  },

  /** Qwen's process reward models (vLLM, qwen2_rm.py: Qwen2ForProcessRewardModel). */
  TWO_LAYERS_OF_STEPS {
    @Override
    public Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder) {
      return Optional.of(
          head(
              config,
              decoder,
              Position.STEP_ENDS,
              List.of(
                  HeadLayer.of("score.0", decoder.hiddenSize(), Bias.ALWAYS),
                  HeadLayer.of("score.2", STEP_LABELS, Bias.ALWAYS))));
    }
  },

  /** Skywork's (skywork-o1-prm-inference at bd299c8, prm_model.py: Qwen2ForPrmModel). */
  VALUE_OF_STEPS {
    @Override
    public Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder) {
      return Optional.of(
          head(
              config,
              decoder,
              Position.STEP_ENDS,
              List.of(HeadLayer.of("v_head.summary", 1, Bias.ALWAYS))));
    }
  };

  private static final int STEP_LABELS = 2;
  private static final String QUANTILES = "num_quantiles";

  /**
   * The head that a configuration asks for; empty if it is the language model's.
   *
   * @param config whose problems are the sizes'
   */
  public abstract Optional<RewardHead.Classifier> read(Fields config, DecoderConfig decoder);

  /** Whether transformers has no such class, so that its folders name code to be run. */
  public boolean isOfItsOwn() {
    return this != LOGITS && this != SCORE && this != TOKEN_SCORES;
  }

  private static RewardHead.Classifier head(
      Fields config, DecoderConfig decoder, Position position, List<HeadLayer> layers) {
    OptionalInt pad = new ClassifierReader(config).padTokenId(decoder.vocabSize());
    int outputs = layers.get(layers.size() - 1).outputs();
    return new RewardHead.Classifier(outputs, List.of(), pad, position, layers, Optional.empty());
  }
}
