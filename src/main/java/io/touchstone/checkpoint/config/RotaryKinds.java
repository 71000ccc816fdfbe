package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.problem.Problem;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@link Rotary} where layers of two kinds have one each, as transformers 5.23.0 does ({@code
 * Gemma3TextConfig.convert_rope_params_to_dict}): {@code rope_parameters} holds the settings of
 * each kind, {@code rope_scaling} goes over those of layers without a window, and a base that is
 * not among them stands beside them.
 */
record RotaryKinds(Fields config, DecoderSizes sizes) {
  private static final String PARAMETERS = "rope_parameters";
  private static final String SCALING = "rope_scaling";
  private static final String FULL = "full_attention";
  private static final Set<String> KINDS = Set.of(FULL, "sliding_attention");

  /**
   * @param theta where the base stands beside the settings
   * @param absent the base where there is none
   */
  Rotary read(String kind, String theta, double absent) {
    Fields parameters = config.in(PARAMETERS);
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    String prefix = PARAMETERS + "." + kind + ".";
    if (config.given(PARAMETERS)) {
      for (Map.Entry<String, JsonNode> each : config.get(PARAMETERS).properties()) {
        if (!KINDS.contains(each.getKey())) {
          parameters.expected(each.getKey(), "settings of full_attention and sliding_attention");
        }
      }
      add(parameters, kind, settings);
    }
    if (kind.equals(FULL) && config.given(SCALING)) {
      add(config, SCALING, settings);
      prefix = SCALING + ".";
    }
    if (!settings.has("rope_theta")) {
      settings.put("rope_theta", config.positive(theta, absent));
    }
    Rotary rotary =
        RotaryReader.read(
            config,
            new Fields(settings, prefix, config.place(), config.problems()),
            sizes.maxPositionEmbeddings(),
            sizes.headDim());
    if (rotary.mostOfShortRows() != Integer.MAX_VALUE) {
      config.expected(
          prefix + "rope_type",
          "one that does not follow the length of the row, as there are two",
          Problem.shown(settings.path("rope_type").asText()));
    }
    return rotary;
  }

  private static void add(Fields from, String name, ObjectNode settings) {
    if (from.get(name).isObject()) {
      settings.setAll((ObjectNode) from.get(name));
    } else if (from.given(name)) {
      from.expected(name, "an object");
    }
  }
}
