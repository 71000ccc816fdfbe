package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.line.JsonValue;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * A top-level field that a format reads, as a {@code T}.
 *
 * @param absence null counts as absent
 */
record Field<T>(String name, Kind kind, Absence absence) implements Serializable {

  private enum Kind {
    TEXT("a string", JsonValue::text),
    TEXTS("a list of strings", JsonValue::texts),
    MESSAGES("a list of messages", in -> new TextOrMessages.Messages(MessageList.read(in))),
    TEXT_OR_MESSAGES("a string or a list of messages", TextOrMessages::read),
    LABELLED_TURNS(LabelledTurn.LIST_EXPECTED, LabelledTurn::readAll),
    SHARE_GPT_TURNS(LabelledTurn.LIST_EXPECTED, ShareGptTurns::read);

    private final String expected;
    private final JsonValue.Reader<?> reader;

    Kind(String expected, JsonValue.Reader<?> reader) {
      this.expected = expected;
      this.reader = reader;
    }
  }

  private enum Absence {
    REFUSED,
    ALLOWED
  }

  private Field(String name, Kind kind) {
    this(name, kind, Absence.REFUSED);
  }

  static Field<String> text(String name) {
    return new Field<>(name, Kind.TEXT);
  }

  static Field<List<String>> texts(String name) {
    return new Field<>(name, Kind.TEXTS);
  }

  static Field<TextOrMessages.Messages> messages(String name) {
    return new Field<>(name, Kind.MESSAGES);
  }

  static Field<TextOrMessages> textOrMessages(String name) {
    return new Field<>(name, Kind.TEXT_OR_MESSAGES);
  }

  static Field<List<LabelledTurn>> labelledTurns(String name) {
    return new Field<>(name, Kind.LABELLED_TURNS);
  }

  static Field<ShareGptTurns> shareGptTurns(String name) {
    return new Field<>(name, Kind.SHARE_GPT_TURNS);
  }

  Field<T> optional() {
    return new Field<>(name, kind, Absence.ALLOWED);
  }

  /** What a reason says when the field is missing. */
  String expected() {
    return kind.expected;
  }

  boolean isAbsent(JsonParser in) {
    return absence == Absence.ALLOWED && in.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Takes the value that starts at the current token, and stops at its last one. */
  Object read(JsonParser in) throws IOException {
    return kind.reader.read(in);
  }
}
