package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.JsonValue;
import java.io.IOException;
import java.util.List;

/** A field that data sets fill either way. */
sealed interface TextOrMessages {

  String EXPECTED = "a string or a list of messages";

  record Text(String text) implements TextOrMessages {}

  record Messages(List<Turn> turns) implements TextOrMessages {}

  /** A message by itself is a list of one. */
  static TextOrMessages read(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_STRING -> new Text(JsonValue.text(in));
      case START_ARRAY -> messages(in);
      case START_OBJECT -> new Messages(List.of(MessageList.message(in)));
      default -> throw JsonPath.wrongType(in, EXPECTED);
    };
  }

  static Messages messages(JsonParser in) throws IOException {
    return new Messages(MessageList.read(in));
  }
}
