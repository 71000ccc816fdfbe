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
import io.touchstone.checkpoint.config.RotaryWays;
import io.touchstone.checkpoint.config.StoredMatrix;
import io.touchstone.checkpoint.config.StoredMatrix.Part;
import io.touchstone.checkpoint.config.TensorNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * GPT-NeoX and Pythia: layer norms, attention and an MLP without a gate beside each other, a part
 * of each head turned, queries, keys and values stored together head by head ({@code
 * GPTNeoXConfig}).
 */
final class GptNeoX implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(6_144, 24_576, 44, 64, 0, 0, 50_432, 2_048);

  @Override
  public String modelType() {
    return "gpt_neox";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Map.of("GPTNeoXForSequenceClassification", HeadClass.SCORE);
  }

  @Override
  public boolean bearsAnyHead() {
    return false;
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    Fields config = reader.sizes();
    DecoderSizes sizes = reader.sizes(ABSENT, Set.of());
    if (sizes.kvHeads() != sizes.heads() || sizes.queryRows() != sizes.hiddenSize()) {
      config.expected("num_attention_heads", "as many as key heads, which make the hidden size");
    }
    DecoderConfig decoder =
        reader.read(sizes, config.positive("layer_norm_eps", 1e-5), RotaryWays.NEOX);
    boolean beside = config.flag("use_parallel_residual", true);
    return decoder
        .with(
            decoder
                .attention()
                .with(config.flag("attention_bias", true) ? AttentionBias.ALL : AttentionBias.NONE))
        .with(
            new Mlp(
                reader.activation(
                    "hidden_act", Activation.GELU, Activation.GELU_TANH, Activation.SILU),
                false,
                true,
                beside ? Mlp.Input.BESIDE_ATTENTION : Mlp.Input.AFTER_ATTENTION))
        .with(Norms.before(Norms.Kind.LAYER, decoder.norms().eps()))
        .with(
            new TensorNames(
                "gpt_neox.embed_in.weight",
                "gpt_neox.final_layer_norm.weight",
                "gpt_neox.layers.",
                matrices(sizes)));
  }

  private static LayerMatrices matrices(DecoderSizes sizes) {
    return new LayerMatrices(
        heads(sizes, 0),
        heads(sizes, 1),
        heads(sizes, 2),
        StoredMatrix.whole("attention.dense", sizes.hiddenSize()),
        Optional.empty(),
        StoredMatrix.whole("mlp.dense_h_to_4h", sizes.intermediateSize()),
        StoredMatrix.whole("mlp.dense_4h_to_h", sizes.hiddenSize()));
  }

  /** Of each head its queries (0), its keys (1) or its values (2). */
  private static StoredMatrix heads(DecoderSizes sizes, int which) {
    List<Part> parts = new ArrayList<>();
    for (int head = 0; head < sizes.heads(); head++) {
      int first = (3 * head + which) * sizes.headDim();
      parts.add(new Part("attention.query_key_value", first, sizes.headDim()));
    }
    return new StoredMatrix(parts);
  }
}
