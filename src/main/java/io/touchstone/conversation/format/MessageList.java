package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.JsonValue;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of {@code {role, content, …}}, the one message parser of all formats; a message may
 * also be ShareGPT's {@code {from, value}}.
 */
final class MessageList {

  /** What a message may carry in place of content. */
  private static final List<String> PAYLOAD =
      List.of("tool_calls", "function_call", "reasoning_content", "reasoning", "thinking");

  private static final String CONTENT_EXPECTED =
      "a string or a list of text parts (or none beside " + String.join(", ", PAYLOAD) + ")";

  private static final Pattern MISSPELT =
      Pattern.compile("human|gpt|chatgpt|bot|(?i:user|assistant|system)");

  private MessageList() {}

  static List<Turn> read(JsonParser in) throws IOException {
    return JsonValue.turns(in, "a list of messages", "messages", MessageList::message);
  }

  static Turn message(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw JsonPath.wrongType(in, "a message, an object with role and content");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      boolean role = name.equals("role");
      boolean content = name.equals("content");
      if ((role || content) && fields.containsKey(name)) {
        throw JsonPath.duplicate(in);
      }
      Object value = role ? JsonValue.text(in) : content ? content(in) : JsonValue.any(in);
      fields.put(name, value);
    }
    if (!fields.containsKey("role")
        && fields.get("from") instanceof String from
        && fields.get("value") instanceof String value) {
      return Speaker.turn(JsonPath.of(in), from, value);
    }
    if (!(fields.get("role") instanceof String role)) {
      throw JsonPath.missing(JsonPath.of(in) + ".role", "a string");
    }
    expectKnownSpelling(in, role);
    if (fields.get("content") == null && PAYLOAD.stream().noneMatch(f -> holds(fields.get(f)))) {
      String path = JsonPath.of(in) + ".content";
      throw fields.containsKey("content")
          ? JsonPath.wrongType(path, CONTENT_EXPECTED, JsonToken.VALUE_NULL)
          : JsonPath.missing(path, CONTENT_EXPECTED);
    }
    return new Turn(Role.of(role), fields);
  }

  /** Other words for the user and the assistant would go to the template, and be printed. */
  private static void expectKnownSpelling(JsonParser in, String role) {
    if (Role.of(role) == Role.OTHER && MISSPELT.matcher(role).matches()) {
      throw new RowProblem(
          Malformation.UNKNOWN_SPEAKER,
          JsonPath.of(in) + ".role",
          "expected user, assistant, system or another role that chat templates know, found "
              + role);
    }
  }

  private static boolean holds(@Nullable Object payload) {
    return payload instanceof Collection<?> list
        ? !list.isEmpty()
        : payload != null && !payload.equals("");
  }

  private static @Nullable Object content(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_STRING -> JsonValue.text(in);
      case VALUE_NULL -> null;
      case START_ARRAY ->
          Collections.unmodifiableList(JsonValue.list(in, CONTENT_EXPECTED, MessageList::part));
      default -> throw JsonPath.wrongType(in, CONTENT_EXPECTED);
    };
  }

  private static Map<String, @Nullable Object> part(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw JsonPath.wrongType(in, "a text part, an object with type and text");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      boolean read = name.equals("type") || name.equals("text");
      if (read && fields.containsKey(name)) {
        throw JsonPath.duplicate(in);
      }
      fields.put(name, JsonValue.any(in));
    }
    String path = JsonPath.of(in);
    Object type = fields.get("type");
    if (!"text".equals(type)) {
      throw new RowProblem(
          Malformation.UNSUPPORTED_CONTENT,
          path + ".type",
          "expected \"text\", found " + (type == null ? "no type" : "another type of part"));
    }
    if (!(fields.get("text") instanceof String)) {
      throw new RowProblem(
          Malformation.UNSUPPORTED_CONTENT,
          path + ".text",
          "expected a string, found "
              + (fields.containsKey("text") ? "another type" : "no such field"));
    }
    return Collections.unmodifiableMap(fields);
  }
}
