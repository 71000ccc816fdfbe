package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderReader.Nullable;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Norms;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * OLMo-2: norms of what attention and the MLP add and none in front of them, queries and keys
 * normed with all heads together ({@code Olmo2Config}).
 */
final class Olmo2 implements Family {
  static final int PAD = 1;
  private static final DecoderSizes ABSENT =
      new DecoderSizes(4_096, 11_008, 32, 32, 0, 0, 50_304, 2_048);
  private static final double EPS = 1e-5;

  @Override
  public String modelType() {
    return "olmo2";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Olmo2");
  }

  @Override
  public Fields ofHead(Fields config) {
    return config.orElse("pad_token_id", PAD);
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    return normed(reader, reader.read(sizes(reader), eps(reader)));
  }

  static DecoderSizes sizes(DecoderReader reader) {
    return reader.sizes(ABSENT, Set.of(Nullable.KV_HEADS));
  }

  static double eps(DecoderReader reader) {
    return reader.sizes().positive("rms_norm_eps", EPS);
  }

  /** What OLMo-3 has too. */
  static DecoderConfig normed(DecoderReader reader, DecoderConfig decoder) {
    return decoder
        .with(
            decoder
                .attention()
                .with(reader.attentionBias())
                .with(HeadNorms.of(HeadNorms.Extent.ALL_HEADS)))
        .with(new Mlp(reader.activation("hidden_act", Activation.SILU), true, false))
        .with(
            new Norms(
                Norms.Kind.RMS,
                decoder.norms().eps(),
                Optional.empty(),
                Optional.of("post_attention_layernorm"),
                Optional.empty(),
                Optional.of("post_feedforward_layernorm")));
  }
}
