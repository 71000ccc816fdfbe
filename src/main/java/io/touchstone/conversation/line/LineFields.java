package io.touchstone.conversation.line;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The field names of a line, whatever its format: {@code name}, {@code name[].field}, and {@code
 * name[]} for a list with texts in it.
 */
public final class LineFields {

  private LineFields() {}

  /** Empty if the line is no JSON object. */
  public static Optional<Set<String>> of(byte[] utf8Line) {
    Set<String> fields = new LinkedHashSet<>();
    try (JsonParser in = LineJson.parser(LineText.of(utf8Line))) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        fields.add(name);
        if (in.nextToken() == JsonToken.START_ARRAY) {
          addElements(in, name + "[]", fields);
        } else {
          in.skipChildren();
        }
      }
      return in.nextToken() == null ? Optional.of(fields) : Optional.empty();
    } catch (JsonProcessingException | RowProblem notAnObject) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a line in memory cannot fail to be read", e);
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
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        fields.add(list + "." + in.currentName());
        in.nextToken();
        in.skipChildren();
      }
    }
  }
}
