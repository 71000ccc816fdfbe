package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderReader.Nullable;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.LayerMatrices;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.RotaryWays;
import io.touchstone.checkpoint.config.SlidingWindow;
import io.touchstone.checkpoint.config.StoredMatrix;
import io.touchstone.checkpoint.config.WindowReader;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Phi-3 and Phi-4-mini: matrices stored together, a part of each head turned, other angles in long
 * rows, and a window in all layers if there is one ({@code Phi3Config}).
 */
final class Phi3 implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(3_072, 8_192, 32, 32, 0, 0, 32_064, 4_096);

  private static final String INPUTS = "self_attn.qkv_proj";
  private static final String GATE_UP = "mlp.gate_up_proj";

  @Override
  public String modelType() {
    return "phi3";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Phi3");
  }

  @Override
  public Fields ofHead(Fields config) {
    return config.orElse("pad_token_id", 32_000);
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    Fields config = reader.sizes();
    DecoderSizes sizes = reader.sizes(ABSENT, Set.of(Nullable.KV_HEADS));
    DecoderConfig decoder =
        reader.read(sizes, config.positive("rms_norm_eps", 1e-5), RotaryWays.PHI);
    SlidingWindow window =
        config.given("sliding_window")
            ? new WindowReader(config, sizes.layers()).in(layer -> true)
            : SlidingWindow.NONE;
    return decoder
        .with(decoder.attention().with(window))
        .with(new Mlp(reader.activation("hidden_act", Activation.SILU), true, false))
        .with(decoder.names().with(matrices(sizes)));
  }

  private static LayerMatrices matrices(DecoderSizes sizes) {
    int queries = sizes.queryRows();
    int keys = sizes.keyRows();
    int inner = sizes.intermediateSize();
    return new LayerMatrices(
        StoredMatrix.rows(INPUTS, 0, queries),
        StoredMatrix.rows(INPUTS, queries, keys),
        StoredMatrix.rows(INPUTS, queries + keys, keys),
        StoredMatrix.whole("self_attn.o_proj", sizes.hiddenSize()),
        Optional.of(StoredMatrix.rows(GATE_UP, 0, inner)),
        StoredMatrix.rows(GATE_UP, inner, inner),
        StoredMatrix.whole("mlp.down_proj", sizes.hiddenSize()));
  }
}
