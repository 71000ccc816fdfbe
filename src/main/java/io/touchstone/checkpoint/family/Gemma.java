package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.checkpoint.config.RotaryLayers;
import java.util.Map;
import java.util.Set;

/**
 * Gemma: norms that multiply by one and a weight, embeddings times the root of the hidden size,
 * gelu by tanh, also where an old file says gelu ({@code GemmaConfig}).
 */
final class Gemma implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(3_072, 24_576, 28, 16, 16, 256, 256_000, 8_192);

  /** Those that a file may ask for, the usual one first. */
  static final Activation[] ACTIVATIONS = {Activation.GELU_TANH, Activation.GELU, Activation.SILU};

  @Override
  public String modelType() {
    return "gemma";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Gemma");
  }

  @Override
  public Fields ofHead(Fields config) {
    return config.orElse("pad_token_id", 0);
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    DecoderSizes sizes = reader.sizes(ABSENT, Set.of());
    Activation said = reader.activation("hidden_act", ACTIVATIONS);
    return like(reader, sizes)
        .with(new Mlp(said == Activation.GELU ? Activation.GELU_TANH : said, true, false));
  }

  /** What all Gemmas are. */
  static DecoderConfig like(DecoderReader reader, DecoderSizes sizes) {
    return like(reader, sizes, RotaryLayers.of(reader.rotary(sizes), sizes));
  }

  static DecoderConfig like(DecoderReader reader, DecoderSizes sizes, RotaryLayers rotary) {
    double eps = reader.sizes().positive("rms_norm_eps", 1e-6);
    boolean tied = reader.sizes().flag("tie_word_embeddings", true);
    DecoderConfig decoder = DecoderConfig.of(sizes, tied, eps, rotary.full()).with(rotary);
    String both = "use_bidirectional_attention";
    if (reader.config().given(both) && reader.config().flag(both)) {
      reader.config().expected(both, "false, as queries look only at what comes before them");
    }
    return decoder
        .with(Norms.before(Norms.Kind.RMS_ONE_PLUS, eps))
        .with(decoder.attention().with(reader.attentionBias()))
        .with(new Factors(Math.sqrt(sizes.hiddenSize()), 1, 1, 0));
  }
}
