package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.Problem;
import java.util.Map;

/**
 * Reads {@link Rotary} from either style of {@code config.json}, with the precedence of
 * transformers 5.23.0 ({@code RotaryEmbeddingConfigMixin}): a {@code rope_scaling} that says
 * anything stands before {@code rope_parameters}; {@code rope_theta} and {@code
 * partial_rotary_factor} within it before those beside it; but {@code
 * original_max_position_embeddings} beside it before the one within.
 *
 * @param rope the settings within; none where there are none
 */
record RotaryReader(Fields config, Fields rope, int maxPositionEmbeddings) {
  private static final String ORIGINAL = "original_max_position_embeddings";
  private static final String PARTIAL = "partial_rotary_factor";

  static Rotary read(Fields config, int maxPositionEmbeddings) {
    boolean scaling = config.given("rope_scaling") && !config.get("rope_scaling").isEmpty();
    String key = scaling ? "rope_scaling" : "rope_parameters";
    JsonNode settings = config.get(key);
    if (config.given(key) && !settings.isObject()) {
      config.expected(key, "an object");
    }
    Fields rope = config.in(key);
    for (Map.Entry<String, JsonNode> setting : settings.properties()) {
      if (setting.getValue().isObject()) {
        rope.expected(
            Problem.shown(setting.getKey()),
            "one set of rotary settings for all layers",
            "an object");
        break;
      }
    }
    return new RotaryReader(config, rope, maxPositionEmbeddings).read();
  }

  private Rotary read() {
    Fields partial = rope.has(PARTIAL) ? rope : config;
    if (partial.given(PARTIAL) && partial.get(PARTIAL).asDouble() != 1) {
      partial.expected(PARTIAL, "1");
    }
    double theta =
        rope.has("rope_theta")
            ? rope.positive("rope_theta")
            : config.positive("rope_theta", FamilyDefaults.ROPE_THETA);
    String key = rope.has("rope_type") || !rope.has("type") ? "rope_type" : "type";
    JsonNode type = rope.get(key);
    String name = type.isMissingNode() ? "default" : type.asText();
    switch (name) {
      case "default":
        return new Rotary.Default(theta);
      case "linear":
        return new Rotary.Linear(theta, rope.positive("factor"));
      case "llama3":
        return llama3(theta);
      default:
        rope.expected(key, "default, linear or llama3", Problem.shown(name));
        return new Rotary.Default(theta);
    }
  }

  private Rotary llama3(double theta) {
    double low = rope.positive("low_freq_factor");
    double high = rope.positive("high_freq_factor");
    if (high <= low && rope.has("low_freq_factor") && rope.has("high_freq_factor")) {
      rope.expected("high_freq_factor", "more than low_freq_factor " + low, "" + high);
    }
    Fields original = config.has(ORIGINAL) ? config : rope;
    return new Rotary.Llama3(
        theta, rope.positive("factor"), low, high, original.count(ORIGINAL, maxPositionEmbeddings));
  }
}
