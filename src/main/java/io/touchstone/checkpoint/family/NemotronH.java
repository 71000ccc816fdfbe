package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.config.TensorNames;
import java.util.Map;

/**
 * Nemotron-H: layers of kinds, without positions; published with code of its own, which
 * transformers has had since ({@code NemotronHConfig}).
 */
final class NemotronH implements Family {

  @Override
  public String modelType() {
    return "nemotron_h";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Map.of("NemotronHForCausalLM", HeadClass.LOGITS);
  }

  @Override
  public boolean bearsAnyHead() {
    return false;
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    Fields config = reader.sizes();
    HybridLayers hybrid = new HybridReader(config).read();
    int hiddenSize = config.count("hidden_size", 4_096);
    int heads = config.count("num_attention_heads", 32);
    int headDim = reader.headDim(headDimKey(config), hiddenSize, heads, 128, false);
    DecoderSizes sizes =
        new DecoderSizes(
            hiddenSize,
            config.count("intermediate_size", 21_504),
            hybrid.mixers().size(),
            heads,
            reader.kvHeads(heads, 8, true),
            headDim,
            config.count("vocab_size", 131_072),
            reader.config().count("max_position_embeddings", 4_096));
    reader.activation("hidden_act", Activation.SILU);
    return DecoderConfig.of(
            sizes,
            config.flag("tie_word_embeddings"),
            config.positive("layer_norm_epsilon", 1e-5),
            new Rotary.None())
        .with(new Mlp(Activation.SILU, false, config.flag("mlp_bias")))
        .with(
            new TensorNames(
                "model.embeddings.weight",
                "model.norm_f.weight",
                "model.layers.",
                TensorNames.of(sizes).matrices()))
        .with(hybrid);
  }

  private static String headDimKey(Fields config) {
    String first = "attention_head_dim";
    return config.has(first) && !config.has("head_dim") ? first : "head_dim";
  }
}
