package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.JsonValue;
import java.io.IOException;
import java.util.List;

/** A field that data sets fill either way. */
sealed interface TextOrMessages extends Turns {

  /** In front of an answer a text is what the user said. */
  record Text(String text) implements TextOrMessages {
    @Override
    public List<Turn> turns() {
      return List.of(Turn.of(Role.USER, text));
    }
  }

  record Messages(List<Turn> turns) implements TextOrMessages {}

  static TextOrMessages read(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return new Text(JsonValue.text(in));
    }
    if (token == JsonToken.START_ARRAY) {
      return new Messages(MessageList.read(in));
    }
    throw JsonPath.wrongType(in, "a string or a list of messages");
  }
}
