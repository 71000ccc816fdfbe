package io.touchstone.conversation.line;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** How a reason names a place of the row, such as {@code messages[3].content}. */
public final class JsonPath {

  private JsonPath() {}

  /** The place of the current token; of an object or a list also when its end is current. */
  public static String of(JsonParser in) {
    StringBuilder path = new StringBuilder();
    append(in.getParsingContext(), path);
    return path.isEmpty() ? "line" : path.toString();
  }

  public static RowProblem wrongType(JsonParser in, String expected) {
    return wrongType(of(in), expected, in.currentToken());
  }

  public static RowProblem wrongType(String path, String expected, JsonToken found) {
    return wrongType(path, expected, describe(found));
  }

  public static RowProblem wrongType(String path, String expected, String found) {
    return new RowProblem(
        Malformation.WRONG_TYPE, path, "expected " + expected + ", found " + found);
  }

  public static RowProblem missing(String path, String expected) {
    return missing(path, expected, "no such field");
  }

  public static RowProblem missing(String path, String expected, String found) {
    return new RowProblem(
        Malformation.MISSING_FIELD, path, "expected " + expected + ", found " + found);
  }

  public static RowProblem duplicate(JsonParser in) {
    return duplicate(of(in));
  }

  public static RowProblem duplicate(String path) {
    return new RowProblem(
        Malformation.DUPLICATE_FIELD, path, "expected the field once, found it twice");
  }

  private static String describe(JsonToken token) {
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "a list";
      case VALUE_STRING, FIELD_NAME -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException(token.name());
    };
  }

  private static void append(@Nullable JsonStreamContext context, StringBuilder path) {
    if (context == null || context.inRoot()) {
      return;
    }
    append(context.getParent(), path);
    if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else if (context.inObject() && context.hasCurrentName()) {
      path.append(path.isEmpty() ? "" : ".").append(context.getCurrentName());
    }
  }
}
