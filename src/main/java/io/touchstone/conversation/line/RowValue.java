package io.touchstone.conversation.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON value in a line.
 *
 * @param path by which a reason names its place, such as {@code rewards[2].helpfulness}
 */
public record RowValue(LineText line, Span span, JsonToken first, String path) {

  private static final int NAMES_TOLD = 20;

  public boolean isNumber() {
    return first == JsonToken.VALUE_NUMBER_INT || first == JsonToken.VALUE_NUMBER_FLOAT;
  }

  public boolean isString() {
    return first == JsonToken.VALUE_STRING;
  }

  public boolean isNull() {
    return first == JsonToken.VALUE_NULL;
  }

  public boolean isList() {
    return first == JsonToken.START_ARRAY;
  }

  public boolean isObject() {
    return first == JsonToken.START_OBJECT;
  }

  /** The value as it stands in the line. */
  public String json() {
    return new String(line.bytes(), span.start(), span.end() - span.start(), UTF_8);
  }

  /**
   * @throws RowProblem unless the value is a number that a double can hold
   */
  public double number() {
    if (!isNumber()) {
      throw refused("a number");
    }
    double number = Double.parseDouble(json());
    if (!Double.isFinite(number)) {
      throw new RowProblem(
          Malformation.NOT_FINITE, path, "expected a finite number, found one beyond 1.8e308");
    }
    return number;
  }

  /**
   * @throws RowProblem unless the value is a string
   */
  public String text() {
    if (!isString()) {
      throw refused("a string");
    }
    return LineObject.value(line, span, JsonParser::getText);
  }

  /**
   * The elements of a list.
   *
   * @param expected what a reason says where there is no list, such as {@code a list of numbers}
   * @throws RowProblem unless the value is a list
   */
  public List<RowValue> elements(String expected) {
    if (!isList()) {
      throw refused(expected);
    }
    return LineObject.value(
        line,
        span,
        in -> {
          List<RowValue> elements = new ArrayList<>();
          for (JsonToken token = in.nextToken();
              token != JsonToken.END_ARRAY;
              token = in.nextToken()) {
            elements.add(new RowValue(line, inLine(in), token, path + "[" + elements.size() + "]"));
          }
          return elements;
        });
  }

  /** Names of an object's members, in their order; none if the value is no object. */
  public List<String> memberNames() {
    List<String> names = new ArrayList<>();
    if (isObject()) {
      LineObject.within(
          line,
          span,
          (name, nameStart, in) -> {
            names.add(name);
            in.skipChildren();
          });
    }
    return names;
  }

  /** A member of an object; empty if the value has none of that name. */
  public Optional<RowValue> member(String name) {
    List<RowValue> found = new ArrayList<>();
    if (isObject()) {
      LineObject.within(
          line,
          span,
          (each, nameStart, in) -> {
            JsonToken token = in.currentToken();
            Span value = inLine(in);
            if (each.equals(name)) {
              found.add(new RowValue(line, value, token, path + "." + name));
            }
            if (found.size() > 1) {
              throw JsonPath.duplicate(found.get(0).path);
            }
          });
    }
    return found.stream().findFirst();
  }

  /** Says that an object has no number of this name, and which names it has. */
  public RowProblem lacks(String member) {
    List<String> names = memberNames().stream().limit(NAMES_TOLD).toList();
    return new RowProblem(
        Malformation.MISSING_FIELD,
        path + "." + member,
        "expected a number, found no such attribute"
            + (names.isEmpty() ? "" : " among " + String.join(", ", names)));
  }

  /** Says that another type was expected here. */
  public RowProblem refused(String expected) {
    return JsonPath.wrongType(path, expected, first);
  }

  /** The parser counts from where the value begins. */
  private Span inLine(JsonParser in) throws IOException {
    Span inValue = LineJson.valueSpan(in);
    return new Span(span.start() + inValue.start(), span.start() + inValue.end());
  }
}
