package io.touchstone.conversation.line;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.Turn;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as {@link Turn#fields()} holds them, read from the parser's current token on, and written.
 */
public final class JsonValue {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonValue() {}

  public static String text(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw JsonPath.wrongType(in, "a string");
    }
    return in.getText();
  }

  public static List<String> texts(JsonParser in) throws IOException {
    return list(in, "a list of strings", JsonValue::text);
  }

  /** Takes a value that starts at the current token, and stops at its last one. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(JsonParser in) throws IOException;
  }

  /**
   * @param expected what a reason says where there is no list
   */
  public static <T> List<T> list(JsonParser in, String expected, Reader<T> element)
      throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw JsonPath.wrongType(in, expected);
    }
    List<T> elements = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.read(in));
    }
    return elements;
  }

  /** A list of turns, of which there must be one. */
  public static <T> List<T> turns(JsonParser in, String expected, String noun, Reader<T> turn)
      throws IOException {
    List<T> turns = list(in, expected, turn);
    if (turns.isEmpty()) {
      throw new RowProblem(
          Malformation.EMPTY_CONVERSATION, JsonPath.of(in), "expected " + noun + ", found none");
    }
    return turns;
  }

  /** A value in one line of JSON. */
  public static String json(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      write(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be written", e);
    }
    return text.toString();
  }

  private static void write(@Nullable Object value, JsonGenerator out) throws IOException {
    if (value instanceof Map<?, ?> object) {
      out.writeStartObject();
      for (Map.Entry<?, ?> member : object.entrySet()) {
        out.writeFieldName(String.valueOf(member.getKey()));
        write(member.getValue(), out);
      }
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      for (Object element : list) {
        write(element, out);
      }
      out.writeEndArray();
    } else if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Double number) {
      out.writeNumber(number);
    } else if (value instanceof Boolean || value instanceof Number || value == null) {
      out.writeRawValue(String.valueOf(value));
    } else {
      throw new IllegalArgumentException("expected a value of JSON, found " + value.getClass());
    }
  }

  public static @Nullable Object any(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> list(in);
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT ->
          in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? in.getBigIntegerValue()
              : (Object) in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value starts here: " + in.currentToken());
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser in) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      object.put(name, any(in));
    }
    return Collections.unmodifiableMap(object);
  }

  /** The list that starts at the current token. */
  public static List<@Nullable Object> list(JsonParser in) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(any(in));
    }
    return Collections.unmodifiableList(list);
  }
}
