package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.LayerMatrices;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.config.StoredMatrix;
import io.touchstone.checkpoint.config.TensorNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * GPT-2: learned positions, layer norms, an MLP without a gate, biases everywhere, and matrices
 * stored with a column for each output ({@code GPT2Config}).
 */
final class Gpt2 implements Family {
  private static final String INPUTS = "attn.c_attn";

  @Override
  public String modelType() {
    return "gpt2";
  }

  @Override
  public Map<String, HeadClass> classes() {
    Map<String, HeadClass> classes = new LinkedHashMap<>();
    classes.put("GPT2LMHeadModel", HeadClass.LOGITS);
    classes.put("GPT2ForSequenceClassification", HeadClass.SCORE);
    return classes;
  }

  @Override
  public boolean bearsAnyHead() {
    return false;
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    Fields config = reader.sizes();
    DecoderSizes sizes = sizes(reader);
    for (String key : new String[] {"scale_attn_by_inverse_layer_idx", "add_cross_attention"}) {
      if (config.flag(key)) {
        reader.config().expected(key, "false");
      }
    }
    DecoderConfig decoder =
        DecoderConfig.of(
            sizes,
            config.flag("tie_word_embeddings", true),
            config.positive("layer_norm_epsilon", 1e-5),
            new Rotary.None());
    double divisor = config.flag("scale_attn_weights", true) ? Math.sqrt(sizes.headDim()) : 1;
    return decoder
        .with(decoder.attention().with(AttentionBias.ALL).scored(divisor, 0))
        .with(
            new Mlp(
                reader.activation(
                    "activation_function", Activation.GELU_TANH, Activation.GELU, Activation.SILU),
                false,
                true))
        .with(
            new Norms(
                Norms.Kind.LAYER,
                decoder.norms().eps(),
                Optional.of("ln_1"),
                Optional.empty(),
                Optional.of("ln_2"),
                Optional.empty()))
        .with(
            new TensorNames(
                "transformer.wte.weight",
                "transformer.ln_f.weight",
                "transformer.h.",
                matrices(sizes),
                Optional.of("transformer.wpe.weight")));
  }

  private static DecoderSizes sizes(DecoderReader reader) {
    Fields config = reader.sizes();
    int hidden = config.count(key(config, "n_embd", "hidden_size"), 768);
    int heads = config.count(key(config, "n_head", "num_attention_heads"), 12);
    if ((hidden % heads != 0 || hidden / heads % 2 != 0) && config.problems().isEmpty()) {
      config.expected(
          "n_embd", "an even number for each of the %d heads".formatted(heads), "" + hidden);
    }
    String layers = key(config, "n_layer", "num_hidden_layers");
    return new DecoderSizes(
        hidden,
        config.given("n_inner") ? config.count("n_inner", 1) : Math.multiplyExact(4, hidden),
        config.has(layers) ? config.countUpTo(layers, DecoderReader.MAX_LAYERS).orElse(1) : 12,
        heads,
        heads,
        Math.max(2, hidden / heads),
        config.count("vocab_size", 50_257),
        config.count(key(config, "n_positions", "max_position_embeddings"), 1_024));
  }

  /** The usual name of a size, or the one that transformers reads over it. */
  private static String key(Fields config, String name, String over) {
    return config.has(over) ? over : name;
  }

  private static LayerMatrices matrices(DecoderSizes sizes) {
    int hidden = sizes.hiddenSize();
    return new LayerMatrices(
        StoredMatrix.columns(INPUTS, 0, hidden),
        StoredMatrix.columns(INPUTS, hidden, hidden),
        StoredMatrix.columns(INPUTS, 2 * hidden, hidden),
        StoredMatrix.columns("attn.c_proj", 0, hidden),
        Optional.empty(),
        StoredMatrix.columns("mlp.c_fc", 0, sizes.intermediateSize()),
        StoredMatrix.columns("mlp.c_proj", 0, hidden));
  }
}
