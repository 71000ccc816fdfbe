package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderReader.Nullable;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.WindowReader;
import java.util.Map;
import java.util.Set;

/**
 * Qwen2: biases of queries, keys and values whatever is said, and a window if one is asked for
 * ({@code Qwen2Config}).
 */
final class Qwen2 implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(4_096, 22_016, 32, 32, 32, 0, 151_936, 32_768);

  @Override
  public String modelType() {
    return "qwen2";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Qwen2");
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    DecoderConfig decoder = reader.read(ABSENT, Set.of(Nullable.KV_HEADS));
    return decoder
        .with(
            decoder
                .attention()
                .with(AttentionBias.INPUTS)
                .with(new WindowReader(reader.sizes(), decoder.layers()).ofQwen()))
        .with(new Mlp(reader.activation("hidden_act", Activation.SILU), true, false));
  }
}
