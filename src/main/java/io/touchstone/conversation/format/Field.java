package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonValue;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A top-level field that a format reads.
 *
 * @param expected what a reason says when the field is missing
 * @param reader takes the value that starts at the current token and stops at its last one
 */
record Field<T>(String name, String expected, ValueReader<T> reader) {

  interface ValueReader<T> {
    T read(JsonParser in) throws IOException;
  }

  /** Null counts as absent. */
  Field<Optional<T>> optional() {
    return new Field<>(
        name,
        expected,
        in ->
            in.currentToken() == JsonToken.VALUE_NULL
                ? Optional.empty()
                : Optional.of(reader.read(in)));
  }

  static Field<String> text(String name) {
    return new Field<>(name, "a string", JsonValue::text);
  }

  static Field<List<String>> texts(String name) {
    return new Field<>(name, "a list of strings", JsonValue::texts);
  }

  static Field<List<Turn>> messages(String name) {
    return new Field<>(name, "a list of messages", MessageList::read);
  }

  static Field<TextOrMessages> textOrMessages(String name) {
    return new Field<>(name, "a string or a list of messages", TextOrMessages::read);
  }

  static Map<String, Field<?>> byName(Field<?>... fields) {
    return Arrays.stream(fields).collect(Collectors.toUnmodifiableMap(Field::name, f -> f));
  }
}
