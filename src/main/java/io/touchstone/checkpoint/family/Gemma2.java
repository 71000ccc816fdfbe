package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.checkpoint.config.WindowReader;
import java.util.Map;
import java.util.Set;

/**
 * Gemma-2: a Gemma with norms on both sides of each branch, capped scores and logits, and a window
 * in every other layer, from the first one on, unless it says in which ({@code Gemma2Config}). Caps
 * that are not given are there, and null is none. What stands under {@code hidden_act} in older
 * files is not read.
 */
final class Gemma2 implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(2_304, 9_216, 26, 8, 4, 256, 256_000, 8_192);
  private static final String SCORE_CAP = "attn_logit_softcapping";
  private static final String LOGIT_CAP = "final_logit_softcapping";

  /** Beyond it exponentials of scores would not be numbers of fp32, or their sums. */
  private static final double MOST_CAP = 64;

  @Override
  public String modelType() {
    return "gemma2";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Gemma2");
  }

  @Override
  public Fields ofHead(Fields config) {
    return config.orElse("pad_token_id", 0);
  }

  @Override
  public Set<String> understood() {
    return Set.of(SCORE_CAP, LOGIT_CAP);
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    Fields config = reader.config();
    DecoderSizes sizes = reader.sizes(ABSENT, Set.of());
    DecoderConfig gemma = Gemma.like(reader, sizes);
    double scoreCap = cap(config, SCORE_CAP, 50);
    if (scoreCap > MOST_CAP) {
      config.expected(SCORE_CAP, "at most " + MOST_CAP);
    }
    WindowReader windows = new WindowReader(reader.sizes(), sizes.layers());
    return gemma
        .with(Norms.around(Norms.Kind.RMS_ONE_PLUS, gemma.norms().eps()))
        .with(
            gemma
                .attention()
                .scored(Math.sqrt(config.positive("query_pre_attn_scalar", 256)), scoreCap)
                .with(windows.always(windows.named(layer -> layer % 2 == 0))))
        .with(new Mlp(reader.activation("hidden_activation", Gemma.ACTIVATIONS), true, false))
        .with(new Factors(gemma.factors().embeddings(), 1, 1, cap(config, LOGIT_CAP, 30)));
  }

  private static double cap(Fields config, String key, double absent) {
    return config.has(key) && !config.given(key) ? 0 : config.positive(key, absent);
  }
}
