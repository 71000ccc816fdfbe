package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.TensorNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gemma-3 with eyes, read as the text model that is in it: what it sees with is stored and not
 * looked at ({@code Gemma3Config}). Logits are not capped there.
 */
final class Gemma3 implements Family {
  private static final String TEXT = "text_config";
  private static final String MODEL = "model.language_model.";

  private static final List<String> SIGHT =
      List.of("model.vision_tower.", "model.multi_modal_projector.");

  /** What names began with when the model was published, and what they do in transformers 5. */
  private static final Map<String, String> PUBLISHED =
      Map.of(
          "language_model.model.",
          MODEL,
          "language_model.lm_head.",
          "lm_head.",
          "vision_tower.",
          SIGHT.get(0),
          "multi_modal_projector.",
          SIGHT.get(1));

  private final Gemma3Text text = new Gemma3Text();

  @Override
  public String modelType() {
    return "gemma3";
  }

  @Override
  public Map<String, HeadClass> classes() {
    Map<String, HeadClass> classes = new LinkedHashMap<>();
    classes.put("Gemma3ForConditionalGeneration", HeadClass.LOGITS);
    classes.put("Gemma3ForSequenceClassification", HeadClass.SCORE);
    return classes;
  }

  @Override
  public boolean bearsAnyHead() {
    return false;
  }

  @Override
  public Set<String> understood() {
    return Set.of("attn_logit_softcapping");
  }

  @Override
  public Fields ofDecoder(Fields config) {
    return config.in(TEXT);
  }

  @Override
  public Fields ofHead(Fields config) {
    if (!config.get(TEXT).isObject()) {
      config.expected(TEXT, "an object");
    }
    return config.instead("pad_token_id", text.ofHead(config.in(TEXT)));
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    DecoderConfig decoder = text.read(reader);
    return decoder
        .with(TensorNames.in(MODEL, decoder.sizes()))
        .with(new Factors(decoder.factors().embeddings(), 1, 1, 0));
  }

  @Override
  public String nameOfToday(String tensor) {
    return PUBLISHED.entrySet().stream()
        .filter(prefix -> tensor.startsWith(prefix.getKey()))
        .map(prefix -> prefix.getValue() + tensor.substring(prefix.getKey().length()))
        .findFirst()
        .orElse(tensor);
  }

  @Override
  public boolean leavesUnread(String tensor) {
    return SIGHT.stream().anyMatch(tensor::startsWith);
  }
}
