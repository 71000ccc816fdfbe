package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.checkpoint.config.RotaryLayers;
import io.touchstone.checkpoint.config.WindowReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Gemma-3's text model: a Gemma-2 with normed queries and keys in place of capped scores, of whose
 * layers all but every sixth have a window and angles of their own ({@code Gemma3TextConfig}). A
 * cap of scores may be given and is not looked at, as by transformers 5.23.0.
 */
final class Gemma3Text implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(2_304, 9_216, 26, 8, 4, 256, 262_208, 131_072);
  private static final String LOGIT_CAP = "final_logit_softcapping";
  private static final int PATTERN = 6;

  @Override
  public String modelType() {
    return "gemma3_text";
  }

  @Override
  public Map<String, HeadClass> classes() {
    Map<String, HeadClass> classes = new LinkedHashMap<>();
    classes.put("Gemma3ForCausalLM", HeadClass.LOGITS);
    classes.put("Gemma3TextForSequenceClassification", HeadClass.SCORE);
    return classes;
  }

  @Override
  public Fields ofHead(Fields config) {
    return config.orElse("pad_token_id", 0);
  }

  @Override
  public Set<String> understood() {
    return Set.of("attn_logit_softcapping", LOGIT_CAP);
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    Fields config = reader.config();
    DecoderSizes sizes = reader.sizes(ABSENT, Set.of());
    RotaryLayers rotary = reader.rotaryByKind(sizes, "rope_local_base_freq", 1e6, 1e4);
    DecoderConfig gemma = Gemma.like(reader, sizes, rotary);
    WindowReader windows = new WindowReader(reader.sizes(), sizes.layers());
    double logitCap = config.given(LOGIT_CAP) ? config.positive(LOGIT_CAP) : 0;
    return gemma
        .with(Norms.around(Norms.Kind.RMS_ONE_PLUS, gemma.norms().eps()))
        .with(
            gemma
                .attention()
                .scored(Math.sqrt(config.positive("query_pre_attn_scalar", 256)), 0)
                .with(HeadNorms.of(HeadNorms.Extent.HEAD))
                .with(windows.always(windows.named(slides(reader.sizes())))))
        .with(new Mlp(reader.activation("hidden_activation", Gemma.ACTIVATIONS), true, false))
        .with(new Factors(gemma.factors().embeddings(), 1, 1, logitCap));
  }

  private static IntPredicate slides(Fields config) {
    int pattern = config.count("sliding_window_pattern", PATTERN);
    return layer -> (layer + 1) % pattern != 0;
  }
}
