package io.touchstone.conversation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message as a chat template sees it.
 *
 * @param fields every field of the message in the order of the data, {@code role} and {@code
 *     content} among them. Values are what JSON says: null, Boolean, Long, BigInteger, Double,
 *     String, List and Map (insertion order) of the same.
 */
public record Turn(Role role, Map<String, @Nullable Object> fields) {

  public Turn {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  public static Turn of(Role role, String content) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("role", role.word());
    fields.put("content", content);
    return new Turn(role, fields);
  }

  /** Whether the message has a field of this name that is not null. */
  public boolean has(String field) {
    return fields.get(field) != null;
  }

  /** The content as plain text: the string itself, or its text parts one after another. */
  public String text() {
    Object content = fields.get("content");
    if (content instanceof List<?> parts) {
      StringBuilder text = new StringBuilder();
      for (Object part : parts) {
        if (part instanceof Map<?, ?> map && map.get("text") instanceof String piece) {
          text.append(piece);
        }
      }
      return text.toString();
    }
    return content instanceof String string ? string : "";
  }
}
