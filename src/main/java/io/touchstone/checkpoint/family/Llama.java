package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderReader.Nullable;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.Mlp;
import java.util.Map;
import java.util.Set;

/** Llama, from which the others are told apart ({@code LlamaConfig}). */
final class Llama implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(4_096, 11_008, 32, 32, 0, 0, 32_000, 2_048);

  @Override
  public String modelType() {
    return "llama";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Llama");
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    DecoderConfig decoder = reader.read(ABSENT, Set.of(Nullable.KV_HEADS, Nullable.HEAD_DIM));
    return decoder
        .with(decoder.attention().with(reader.attentionBias()))
        .with(
            new Mlp(
                reader.activation("hidden_act", Activation.SILU),
                true,
                reader.sizes().flag("mlp_bias")));
  }
}
