package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code hf_quant_config.json}, in which NVIDIA's ModelOpt says how it quantised a folder whose
 * {@code config.json} does not.
 */
final class ModelOpt {
  static final String FILE = "hf_quant_config.json";
  static final String KEY = "quantization_config";

  private ModelOpt() {}

  /** A configuration as newer versions of ModelOpt write it. */
  static JsonNode with(ObjectNode config, JsonNode said) {
    ObjectNode whole = config.deepCopy();
    ObjectNode quantisation = whole.putObject(KEY);
    if (said.path("quantization") instanceof ObjectNode fields) {
      quantisation.setAll(fields);
    }
    quantisation.put("quant_method", said.path("producer").path("name").asText());
    return whole;
  }
}
