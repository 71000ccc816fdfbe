package io.touchstone.checkpoint.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.config.Fields;
import java.util.Locale;
import java.util.Map;

/**
 * NVIDIA's classifiers for Curator (NeMo Curator, {@code classifiers/base.py} at 1e2e427): a {@code
 * config.json} that names a base and labels and no class; the base's tensors are {@code model.…},
 * and one layer {@code fc} over the first state is the head. The code behind them is never run.
 */
final class CuratorClass {
  static final String OUTPUT = "fc";

  /** As it is told where a configuration names no class. */
  private static final String NAME = "a Curator classifier on %s";

  private static final String BASE = "base_model";
  private static final DebertaFamily FAMILY = new DebertaFamily("model.", false);

  /**
   * Configurations of bases, from their pages; what is left out is the class's default.
   *
   * @see DebertaFamily
   */
  private static final Map<String, Integer> VOCABULARIES =
      Map.of("microsoft/deberta-v3-base", 128_100, "microsoft/mdeberta-v3-base", 251_000);

  private CuratorClass() {}

  /** Whether a configuration is one. */
  static boolean is(JsonNode config) {
    return config.path(BASE).isTextual() && !config.hasNonNull("architectures");
  }

  /** The base that it names. */
  static String base(JsonNode config) {
    return config.path(BASE).asText();
  }

  /** Whether that base's sizes are known by its name. */
  static boolean knows(String base) {
    return VOCABULARIES.containsKey(base);
  }

  static String known() {
    return VOCABULARIES.keySet().stream().sorted().reduce((a, b) -> a + ", " + b).orElse("");
  }

  /**
   * @param config of the classifier
   * @param base the configuration of the model under it; nothing for the one that is known by name
   */
  static EncoderConfig read(Fields config, JsonNode base) {
    ObjectNode whole = base.isObject() ? base.deepCopy() : ofName(config, base(config.object()));
    for (String key : new String[] {"id2label", "num_labels", "problem_type"}) {
      if (config.object().has(key)) {
        whole.set(key, config.object().get(key));
      } else {
        whole.remove(key);
      }
    }
    return FAMILY.read(config.of(whole), String.format(Locale.ROOT, NAME, base(config.object())));
  }

  private static ObjectNode ofName(Fields config, String name) {
    ObjectNode base = config.object().deepCopy();
    base.removeAll();
    return base.put("vocab_size", VOCABULARIES.getOrDefault(name, 1))
        .put("hidden_size", 768)
        .put("num_hidden_layers", 12)
        .put("num_attention_heads", 12)
        .put("intermediate_size", 3_072)
        .put("hidden_act", "gelu")
        .put("max_position_embeddings", 512)
        .put("type_vocab_size", 0)
        .put("layer_norm_eps", 1e-7)
        .put("relative_attention", true)
        .put("max_relative_positions", -1)
        .put("position_buckets", 256)
        .put("norm_rel_ebd", "layer_norm")
        .put("share_att_key", true)
        .put("pos_att_type", "p2c|c2p")
        .put("position_biased_input", false)
        .put("pad_token_id", 0);
  }
}
