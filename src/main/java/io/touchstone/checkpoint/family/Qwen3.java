package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderReader.Nullable;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.WindowReader;
import java.util.Map;
import java.util.Set;

/**
 * Qwen3: queries and keys normed head by head, and a window if one is asked for ({@code
 * Qwen3Config}).
 */
final class Qwen3 implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(4_096, 22_016, 32, 32, 32, 128, 151_936, 32_768);

  @Override
  public String modelType() {
    return "qwen3";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Qwen3");
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    DecoderConfig decoder = reader.read(ABSENT, Set.of(Nullable.KV_HEADS));
    return decoder
        .with(
            decoder
                .attention()
                .with(reader.attentionBias())
                .with(HeadNorms.of(HeadNorms.Extent.HEAD))
                .with(new WindowReader(reader.sizes(), decoder.layers()).ofQwen()))
        .with(new Mlp(reader.activation("hidden_act", Activation.SILU), true, false));
  }
}
