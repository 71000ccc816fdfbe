package io.touchstone.cli.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/** Texts of any characters as the value of one setting: a JSON array, or {@code none}. */
final class Texts {
  private static final String NONE = "none";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Texts() {}

  /** As a line of a file has them. One empty text stands for none, which a flag can say so. */
  static String written(List<String> texts) {
    if (texts.isEmpty() || texts.equals(List.of(""))) {
      return NONE;
    }
    ArrayNode array = JSON.createArrayNode();
    texts.forEach(array::add);
    return array.toString();
  }

  /**
   * @throws IllegalArgumentException if it is neither
   */
  static List<String> parse(String value) {
    if (value.equals(NONE)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : array(value)) {
      if (!each.isTextual() || each.textValue().isEmpty()) {
        throw refused(value);
      }
      texts.add(each.textValue());
    }
    return List.copyOf(texts);
  }

  private static JsonNode array(String value) {
    try {
      JsonNode array = JSON.readTree(value);
      if (array.isArray() && !array.isEmpty()) {
        return array;
      }
    } catch (JsonProcessingException e) {
      // What stands there is quoted below.
    }
    throw refused(value);
  }

  private static IllegalArgumentException refused(String value) {
    return Readers.refused(
        "a JSON array of texts that are not empty, such as [\"END\", \"\\n\\n\"], or none", value);
  }
}
