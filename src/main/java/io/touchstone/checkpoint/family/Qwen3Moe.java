package io.touchstone.checkpoint.family;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Experts;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.SlidingWindow;
import io.touchstone.checkpoint.config.WindowReader;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Qwen3 with experts in the place of the MLP, but for the layers that are said to have one; a
 * window, if one is asked for, is in all layers ({@code Qwen3MoeConfig}).
 */
final class Qwen3Moe implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(2_048, 6_144, 24, 32, 4, 0, 151_936, 32_768);
  private static final Experts.Names NAMES =
      new Experts.Names("mlp.gate", "mlp.experts.", ".gate_proj", ".up_proj", ".down_proj");
  private static final String COUNT = "num_experts";

  /** As transformers 5 writes it. */
  private static final String LOCAL_COUNT = "num_local_experts";

  @Override
  public String modelType() {
    return "qwen3_moe";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Qwen3Moe");
  }

  @Override
  public Set<String> understood() {
    return Set.of(COUNT, LOCAL_COUNT);
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    DecoderConfig decoder = reader.read(ABSENT, Set.of());
    Fields sizes = reader.sizes();
    SlidingWindow window =
        sizes.flag("use_sliding_window")
            ? new WindowReader(sizes, decoder.layers()).in(layer -> true)
            : SlidingWindow.NONE;
    return decoder
        .with(
            decoder
                .attention()
                .with(reader.attentionBias())
                .with(HeadNorms.of(HeadNorms.Extent.HEAD))
                .with(window))
        .with(
            new Mlp(
                reader.activation("hidden_act", Activation.SILU),
                true,
                false,
                Optional.of(experts(sizes, decoder.layers()))));
  }

  private static Experts experts(Fields sizes, int layers) {
    if (sizes.has(COUNT)
        && sizes.has(LOCAL_COUNT)
        && !sizes.get(COUNT).equals(sizes.get(LOCAL_COUNT))) {
      sizes.expected(LOCAL_COUNT, "the " + COUNT + " of " + Fields.shown(sizes.get(COUNT)));
    }
    int count = Experts.count(sizes, sizes.has(COUNT) ? COUNT : LOCAL_COUNT, layers, 128);
    return new Experts(
        count,
        Experts.chosen(sizes, count, 8),
        sizes.count("moe_intermediate_size", 768),
        sizes.flag("norm_topk_prob"),
        dense(sizes, layers),
        NAMES);
  }

  private static Set<Integer> dense(Fields sizes, int layers) {
    Set<Integer> dense = new HashSet<>();
    for (JsonNode layer : sizes.get("mlp_only_layers")) {
      dense.add(layer.asInt());
    }
    int step = sizes.count("decoder_sparse_step", 1);
    for (int layer = 0; layer < layers; layer++) {
      if ((layer + 1) % step != 0) {
        dense.add(layer);
      }
    }
    return dense;
  }
}
