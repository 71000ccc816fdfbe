package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.Problem;

/** A JSON value in a message. */
public final class JsonValue {
  private JsonValue() {}

  /** What it is, and where that is short, itself. */
  public static String shown(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING -> "none";
      case OBJECT -> "an object";
      case ARRAY -> "a list of " + value.size();
      case STRING -> '"' + Problem.shown(value.textValue()) + '"';
      case NULL, BOOLEAN, NUMBER, BINARY, POJO -> Problem.shown(value.asText());
    };
  }
}
