package io.touchstone.conversation.line;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The field names of a line, whatever its format: {@code name}, {@code name.field} and {@code
 * name[].field} of objects, and {@code name[]} for a list with texts in it. What is null is not
 * there.
 */
public final class LineFields {

  private LineFields() {}

  /** Empty if the line is no JSON object. */
  public static Optional<Set<String>> of(byte[] utf8Line) {
    Set<String> fields = new LinkedHashSet<>();
    try {
      LineObject.read(
          LineText.of(utf8Line),
          (name, nameStart, in) -> {
            if (in.currentToken() == JsonToken.VALUE_NULL) {
              return;
            }
            fields.add(name);
            if (in.currentToken() == JsonToken.START_ARRAY) {
              addElements(in, name + "[]", fields);
            } else if (in.currentToken() == JsonToken.START_OBJECT) {
              addMembers(in, name, fields);
            } else {
              in.skipChildren();
            }
          });
      return Optional.of(fields);
    } catch (RowProblem notAnObject) {
      return Optional.empty();
    }
  }

  private static void addElements(JsonParser in, String list, Set<String> fields)
      throws IOException {
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      if (token == JsonToken.VALUE_STRING) {
        fields.add(list);
      }
      if (token != JsonToken.START_OBJECT) {
        in.skipChildren();
        continue;
      }
      addMembers(in, list, fields);
    }
  }

  private static void addMembers(JsonParser in, String object, Set<String> fields)
      throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (in.nextToken() != JsonToken.VALUE_NULL) {
        fields.add(object + "." + name);
      }
      in.skipChildren();
    }
  }
}
