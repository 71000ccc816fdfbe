package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderReader.Nullable;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.Mlp;
import java.util.Map;
import java.util.Set;

/**
 * Granite: Llama's arithmetic with factors, those of embeddings, branches, attention's scores and
 * logits ({@code GraniteConfig}). transformers has no classifier of it.
 */
final class Granite implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(4_096, 11_008, 32, 32, 0, 0, 32_000, 2_048);

  private static final String EMBEDDINGS = "embedding_multiplier";
  private static final String RESIDUAL = "residual_multiplier";
  private static final String ATTENTION = "attention_multiplier";
  private static final String LOGITS = "logits_scaling";

  @Override
  public String modelType() {
    return "granite";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Map.of("GraniteForCausalLM", HeadClass.LOGITS);
  }

  @Override
  public Set<String> understood() {
    return Set.of(EMBEDDINGS, RESIDUAL, ATTENTION, LOGITS);
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    Fields config = reader.sizes();
    DecoderConfig decoder = reader.read(ABSENT, Set.of(Nullable.KV_HEADS));
    return decoder
        .with(
            decoder
                .attention()
                .with(reader.attentionBias())
                .scored(1 / config.positive(ATTENTION, 1), 0))
        .with(
            new Mlp(
                reader.activation("hidden_act", Activation.SILU), true, config.flag("mlp_bias")))
        .with(
            new Factors(
                config.positive(EMBEDDINGS, 1),
                config.positive(RESIDUAL, 1),
                config.positive(LOGITS, 1),
                0));
  }
}
