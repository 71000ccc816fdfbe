package io.touchstone.checkpoint.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.encoder.EncoderConfig.Biases;
import io.touchstone.checkpoint.encoder.EncoderConfig.Inner;
import io.touchstone.checkpoint.encoder.EncoderConfig.Order;
import io.touchstone.checkpoint.encoder.EncoderHead.Dense;
import io.touchstone.checkpoint.encoder.EncoderHead.Pooling;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** ModernBERT: norms in front, rotary positions of two bases, layers that slide, a gated MLP. */
record ModernBertFamily() implements EncoderFamily {
  private static final String BASE = "model.";
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";

  @Override
  public String modelType() {
    return "modernbert";
  }

  @Override
  public EncoderConfig read(Fields config, String architecture) {
    EncoderFields fields = new EncoderFields(config);
    fields.refuse();
    int hiddenSize = config.count("hidden_size", 768);
    int layers = fields.layers(22);
    int heads = fields.heads(12, hiddenSize);
    if (hiddenSize / heads % 2 != 0) {
      config.expected(
          "num_attention_heads", "heads of an even size, as rotary embeddings need", "" + heads);
    }
    int vocabulary = config.count("vocab_size", 50_368);
    boolean norms = config.flag("norm_bias");
    return new EncoderConfig(
        architecture,
        BASE,
        hiddenSize,
        config.count("intermediate_size", 1_152),
        layers,
        heads,
        vocabulary,
        config.positive("norm_eps", 1e-5),
        Order.NORM_FIRST,
        new Inner(Activation.read(config, "hidden_activation", Activation.GELU), true),
        new Biases(config.flag("attention_bias"), config.flag("mlp_bias"), norms),
        new Embedding(
            BASE + "embeddings.tok_embeddings.weight",
            Optional.empty(),
            Optional.empty(),
            BASE + "embeddings.norm"),
        new LayerNames(
            BASE + "layers.",
            List.of("attn.Wqkv"),
            "attn.Wo",
            "attn_norm",
            "mlp.Wi",
            "mlp.Wo",
            "mlp_norm"),
        sight(config, layers),
        Optional.empty(),
        Optional.of(BASE + "final_norm"),
        fields.head(
            pooling(config),
            Optional.of(
                new Dense(
                    "head.dense",
                    config.flag("classifier_bias"),
                    Activation.read(config, "classifier_activation", Activation.GELU),
                    Optional.of("head.norm"),
                    norms)),
            "classifier",
            vocabulary),
        OptionalInt.of(config.count("max_position_embeddings", 8_192)));
  }

  private static Pooling pooling(Fields config) {
    String key = "classifier_pooling";
    String pooling = config.get(key).asText("cls");
    if (!Set.of("cls", "mean").contains(pooling)) {
      config.expected(key, "cls or mean");
    }
    return pooling.equals("mean") ? Pooling.MEAN : Pooling.FIRST;
  }

  private static Sight sight(Fields config, int layers) {
    int reach = Math.max(1, config.count("local_attention", 128) / 2);
    return new Sight.Turned(
        theta(config, FULL, "global_rope_theta", 160_000),
        theta(config, SLIDING, "local_rope_theta", 10_000),
        reach,
        sliding(config, layers));
  }

  private static double theta(Fields config, String kind, String old, double absent) {
    if (config.given("rope_scaling")) {
      config.expected("rope_scaling", "none, as it is not supported");
    }
    Fields rotary = config.in("rope_parameters").in(kind);
    String type = rotary.get("rope_type").asText("default");
    if (!type.equals("default")) {
      rotary.expected("rope_type", "default");
    }
    return rotary.has("rope_theta")
        ? rotary.positive("rope_theta")
        : config.given(old) ? config.positive(old) : absent;
  }

  private static Set<Integer> sliding(Fields config, int layers) {
    Set<Integer> sliding = new TreeSet<>();
    JsonNode types = config.get("layer_types");
    if (config.given("layer_types")) {
      if (!types.isArray() || types.size() != layers) {
        config.expected("layer_types", "a list of " + layers + ", one per layer");
      }
      for (int layer = 0; layer < types.size(); layer++) {
        String type = types.get(layer).asText();
        if (type.equals(SLIDING)) {
          sliding.add(layer);
        } else if (!type.equals(FULL)) {
          config.expected("layer_types", SLIDING + " or " + FULL, Fields.shown(types.get(layer)));
        }
      }
      return sliding;
    }
    int every = config.count("global_attn_every_n_layers", 3);
    for (int layer = 0; layer < layers; layer++) {
      if (layer % every != 0) {
        sliding.add(layer);
      }
    }
    return sliding;
  }
}
