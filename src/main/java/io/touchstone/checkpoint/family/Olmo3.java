package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.RotaryLayers;
import io.touchstone.checkpoint.config.WindowReader;
import java.util.Map;

/**
 * OLMo-3: an OLMo-2 of whose layers all but every fourth have a window and angles of their own
 * ({@code Olmo3Config}).
 */
final class Olmo3 implements Family {
  private static final double THETA = 500_000;
  private static final int PATTERN = 4;

  @Override
  public String modelType() {
    return "olmo3";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Olmo3");
  }

  @Override
  public Fields ofHead(Fields config) {
    return config.orElse("pad_token_id", Olmo2.PAD);
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    DecoderSizes sizes = Olmo2.sizes(reader);
    // A base beside the settings is that of full layers alone, in transformers 5.23.0 too.
    RotaryLayers rotary = reader.rotaryByKind(sizes, "", THETA, THETA);
    WindowReader windows = new WindowReader(reader.sizes(), sizes.layers());
    DecoderConfig decoder =
        Olmo2.normed(
            reader,
            DecoderConfig.of(
                    sizes,
                    reader.sizes().flag("tie_word_embeddings"),
                    Olmo2.eps(reader),
                    rotary.full())
                .with(rotary));
    return decoder.with(
        decoder.attention().with(windows.in(windows.named(layer -> (layer + 1) % PATTERN != 0))));
  }
}
