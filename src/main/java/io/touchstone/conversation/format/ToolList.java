package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.JsonText;
import io.touchstone.conversation.line.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Reads the tools that an assistant was offered, as {@code apply_chat_template} of transformers
 * 5.23 takes them, objects that go to the template as they are; or JSON text of such a list, which
 * TRL and LLaMA-Factory parse. Empty where there is nothing in it.
 */
final class ToolList {

  static final String EXPECTED =
      "a list of tools, each an object, or JSON text of one (--no-tools leaves the field unread)";

  private ToolList() {}

  static List<Object> read(JsonParser in) throws IOException {
    String path = JsonPath.of(in);
    JsonToken first = in.currentToken();
    if (first == JsonToken.VALUE_STRING) {
      String text = in.getText();
      return text.isBlank()
          ? List.of()
          : objects(path, JsonText.value(text).orElseThrow(() -> refused(path, first)), first);
    }
    if (first != JsonToken.START_ARRAY) {
      throw refused(path, first);
    }
    return objects(path, JsonValue.list(in), first);
  }

  private static List<Object> objects(String path, Object value, JsonToken found) {
    if (!(value instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance)) {
      throw refused(path, found);
    }
    return List.copyOf(list);
  }

  private static RuntimeException refused(String path, JsonToken found) {
    return found == JsonToken.VALUE_STRING
        ? JsonPath.wrongType(path, EXPECTED, "another text")
        : found == JsonToken.START_ARRAY
            ? JsonPath.wrongType(path, EXPECTED, "a list with something else in it")
            : JsonPath.wrongType(path, EXPECTED, found);
  }
}
