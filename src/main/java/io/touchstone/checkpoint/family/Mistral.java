package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
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
 * Mistral: no biases whatever is said, and a window in all layers unless none is said ({@code
 * MistralConfig}).
 */
final class Mistral implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(4_096, 14_336, 32, 32, 8, 0, 32_000, 131_072);

  @Override
  public String modelType() {
    return "mistral";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Mistral");
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    DecoderConfig decoder = reader.read(ABSENT, Set.of(Nullable.HEAD_DIM));
    // layer_types is not looked at there.
    WindowReader windows = new WindowReader(reader.sizes(), decoder.layers());
    return decoder
        .with(decoder.attention().with(windows.in(layer -> true)))
        .with(new Mlp(reader.activation("hidden_act", Activation.SILU), true, false));
  }
}
