package io.touchstone.checkpoint.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.encoder.EncoderConfig.Biases;
import io.touchstone.checkpoint.encoder.EncoderConfig.Convolution;
import io.touchstone.checkpoint.encoder.EncoderConfig.Inner;
import io.touchstone.checkpoint.encoder.EncoderConfig.Order;
import io.touchstone.checkpoint.encoder.EncoderHead.Dense;
import io.touchstone.checkpoint.encoder.EncoderHead.Pooling;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * DeBERTa-v2 and -v3: attention also by embeddings of distances, no positions unless {@code
 * position_biased_input}, and a convolution beside the first layer in the large ones of v2.
 *
 * @param base what the names of the inner model's tensors begin with
 * @param classifies whether the class of transformers is on it, with a pooler and a classifier
 */
record DebertaFamily(String base, boolean classifies) implements EncoderFamily {
  static final DebertaFamily CLASSIFIER = new DebertaFamily("deberta.", true);

  @Override
  public String modelType() {
    return "deberta-v2";
  }

  @Override
  public EncoderConfig read(Fields config, String architecture) {
    EncoderFields fields = new EncoderFields(config);
    fields.refuse("attention_head_size");
    int hiddenSize = config.count("hidden_size", 1_536);
    sameAs("embedding_size", hiddenSize, config);
    int vocabulary = config.count("vocab_size", 128_100);
    int positions = config.count("max_position_embeddings", 512);
    boolean biased = fields.unlessFalse("position_biased_input");
    Set<String> ways = ways(config);
    return new EncoderConfig(
        architecture,
        base,
        hiddenSize,
        config.count("intermediate_size", 6_144),
        fields.layers(24),
        fields.heads(24, hiddenSize),
        vocabulary,
        config.positive("layer_norm_eps", 1e-7),
        Order.NORM_LAST,
        new Inner(Activation.read(config, "hidden_act", Activation.GELU), false),
        Biases.ALL,
        new Embedding(
            base + "embeddings.word_embeddings.weight",
            biased
                ? Optional.of(
                    new Embedding.Positions(
                        base + "embeddings.position_embeddings.weight",
                        positions,
                        0,
                        OptionalInt.empty()))
                : Optional.empty(),
            types(config),
            base + "embeddings.LayerNorm"),
        LayerNames.ofBert(base, "query_proj", "key_proj", "value_proj"),
        sight(config, positions, ways),
        convolution(config, hiddenSize),
        Optional.empty(),
        classifies ? head(config, fields, hiddenSize, vocabulary) : bare(fields, vocabulary),
        biased ? OptionalInt.of(positions) : OptionalInt.empty());
  }

  private Optional<Embedding.Types> types(Fields config) {
    JsonNode rows = config.get("type_vocab_size");
    if (rows.isMissingNode() || rows.isIntegralNumber() && rows.intValue() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Embedding.Types(
            base + "embeddings.token_type_embeddings.weight", config.count("type_vocab_size", 1)));
  }

  private static Sight sight(Fields config, int positions, Set<String> ways) {
    if (!config.flag("relative_attention")) {
      if (!ways.isEmpty()) {
        // It would change the scale of scores and nothing else.
        config.expected("relative_attention", "true beside pos_att_type");
      }
      return new Sight.All();
    }
    int most = number(config, "max_relative_positions", positions);
    int buckets = number(config, "position_buckets", 0);
    return new Sight.Distances(
        buckets,
        most,
        ways.contains("c2p"),
        ways.contains("p2c"),
        config.flag("share_att_key"),
        config.get("norm_rel_ebd").asText("none").toLowerCase(Locale.ROOT).contains("layer_norm"));
  }

  /** A count of which less than 1 stands for another. */
  private static int number(Fields config, String key, int otherwise) {
    JsonNode value = config.get(key);
    return value.isMissingNode() || value.isIntegralNumber() && value.intValue() < 1
        ? otherwise
        : config.count(key, Math.max(1, otherwise));
  }

  /** How scores depend on distances: c2p, p2c or both. */
  private static Set<String> ways(Fields config) {
    JsonNode types = config.get("pos_att_type");
    Set<String> ways = new LinkedHashSet<>();
    if (types.isTextual()) {
      for (String way : types.textValue().toLowerCase(Locale.ROOT).split("\\|", -1)) {
        ways.add(way.strip());
      }
    } else {
      types.forEach(way -> ways.add(way.asText()));
    }
    if (!Set.of("c2p", "p2c").containsAll(ways)) {
      config.expected("pos_att_type", "c2p, p2c or both");
    }
    return ways;
  }

  private Optional<Convolution> convolution(Fields config, int hiddenSize) {
    JsonNode size = config.get("conv_kernel_size");
    if (size.isMissingNode() || size.isIntegralNumber() && size.intValue() == 0) {
      return Optional.empty();
    }
    int kernel = config.count("conv_kernel_size", 3);
    if (kernel % 2 == 0) {
      config.expected("conv_kernel_size", "an odd number");
    }
    int groups = config.count("conv_groups", 1);
    if (hiddenSize % groups != 0) {
      config.expected("conv_groups", "a divisor of the hidden size " + hiddenSize);
      groups = 1;
    }
    return Optional.of(
        new Convolution(
            base + "encoder.conv.conv",
            base + "encoder.conv.LayerNorm",
            kernel,
            groups,
            Activation.read(config, "conv_act", Activation.TANH)));
  }

  private static EncoderHead head(
      Fields config, EncoderFields fields, int hiddenSize, int vocabulary) {
    sameAs("pooler_hidden_size", hiddenSize, config);
    Dense pooler =
        new Dense(
            "pooler.dense",
            true,
            Activation.read(config, "pooler_hidden_act", Activation.GELU),
            Optional.empty(),
            false);
    return fields.head(Pooling.FIRST, Optional.of(pooler), "classifier", vocabulary);
  }

  /** One layer over the first state. */
  private static EncoderHead bare(EncoderFields fields, int vocabulary) {
    return fields.head(Pooling.FIRST, Optional.empty(), CuratorClass.OUTPUT, vocabulary);
  }

  private static void sameAs(String key, int hiddenSize, Fields config) {
    if (config.given(key) && config.count(key, hiddenSize) != hiddenSize) {
      config.expected(key, "the hidden size " + hiddenSize);
    }
  }
}
