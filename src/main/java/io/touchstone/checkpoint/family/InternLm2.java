package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderReader.Nullable;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.LayerMatrices;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.config.StoredMatrix;
import io.touchstone.checkpoint.config.StoredMatrix.Part;
import io.touchstone.checkpoint.config.TensorNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * InternLM2's reward models: Llama's arithmetic under other names, with queries, keys and values
 * stored together by key head. transformers has no such class; known from xtuner's {@code
 * modeling_internlm2_reward} at 00796c1, which is never run.
 */
final class InternLm2 implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(4_096, 11_008, 32, 32, 0, 0, 103_168, 2_048);

  @Override
  public String modelType() {
    return "internlm2";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Map.of("InternLM2ForRewardModel", HeadClass.APPENDED_TOKEN);
  }

  @Override
  public boolean bearsAnyHead() {
    return false;
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    Fields config = reader.sizes();
    DecoderConfig decoder = reader.read(ABSENT, Set.of(Nullable.KV_HEADS));
    if (decoder.heads() * decoder.headDim() != decoder.hiddenSize()
        && config.problems().isEmpty()) {
      config.expected("head_dim", "hidden_size over num_attention_heads, as in its class");
    }
    Rotary rotary = decoder.rotary().full();
    if (!(rotary instanceof Rotary.Default
        || rotary instanceof Rotary.Linear
        || rotary instanceof Rotary.Dynamic)) {
      reader.config().expected("rope_scaling", "the type linear or dynamic, as in its class");
    }
    boolean biases = config.flag("bias", true);
    return decoder
        .with(decoder.attention().with(biases ? AttentionBias.ALL : AttentionBias.NONE))
        .with(new Mlp(reader.activation("hidden_act", Activation.SILU), true, false))
        .with(
            new Norms(
                Norms.Kind.RMS,
                decoder.norms().eps(),
                Optional.of("attention_norm"),
                Optional.empty(),
                Optional.of("ffn_norm"),
                Optional.empty()))
        .with(
            new TensorNames(
                "model.tok_embeddings.weight",
                "model.norm.weight",
                "model.layers.",
                matrices(decoder.sizes())));
  }

  private static LayerMatrices matrices(DecoderSizes sizes) {
    int queries = sizes.heads() / sizes.kvHeads();
    return new LayerMatrices(
        heads(sizes, 0, queries),
        heads(sizes, queries, 1),
        heads(sizes, queries + 1, 1),
        StoredMatrix.whole("attention.wo", sizes.hiddenSize()),
        Optional.of(StoredMatrix.whole("feed_forward.w1", sizes.intermediateSize())),
        StoredMatrix.whole("feed_forward.w3", sizes.intermediateSize()),
        StoredMatrix.whole("feed_forward.w2", sizes.hiddenSize()));
  }

  /**
   * Some heads out of each group: its queries' first, then that of its keys, that of its values.
   */
  private static StoredMatrix heads(DecoderSizes sizes, int first, int count) {
    int dim = sizes.headDim();
    int group = sizes.heads() / sizes.kvHeads() + 2;
    List<Part> parts = new ArrayList<>();
    for (int head = 0; head < sizes.kvHeads(); head++) {
      parts.add(new Part("attention.wqkv", (head * group + first) * dim, count * dim));
    }
    return new StoredMatrix(parts);
  }
}
