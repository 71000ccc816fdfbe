package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.JsonText;
import io.touchstone.conversation.line.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A top-level field that a format reads, as a {@code T}. */
record Field<T>(String name, Kind kind) {

  private enum Kind {
    TEXT("a string", JsonValue::text),
    MESSAGES("a list of messages", TextOrMessages::messages),
    TEXT_OR_MESSAGES(TextOrMessages.EXPECTED, TextOrMessages::read),
    ANSWERS("a list of answers", Field::answers),
    TEXT_LIST("a list of strings, or JSON text of one", Field::textList),
    HISTORY("a list of pairs, each of what the user and the assistant said", Field::pairs),
    LABELLED_TURNS(LabelledTurn.LIST_EXPECTED, LabelledTurn::readAll),
    SHARE_GPT_TURNS(LabelledTurn.LIST_EXPECTED, Speaker::readAll),
    SYSTEM_TEXT("a string (--no-system-column leaves the field unread)", Field::systemText),
    TOOLS(ToolList.EXPECTED, ToolList::read);

    private final String expected;
    private final JsonValue.Reader<?> reader;

    Kind(String expected, JsonValue.Reader<?> reader) {
      this.expected = expected;
      this.reader = reader;
    }
  }

  static Field<String> text(String name) {
    return new Field<>(name, Kind.TEXT);
  }

  static Field<TextOrMessages> textOrMessages(String name) {
    return new Field<>(name, Kind.TEXT_OR_MESSAGES);
  }

  static Field<TextOrMessages> messages(String name) {
    return new Field<>(name, Kind.MESSAGES);
  }

  /** Turns of {@code {from, value}}. */
  static Field<TextOrMessages> shareGptTurns(String name) {
    return new Field<>(name, Kind.SHARE_GPT_TURNS);
  }

  /** Texts, messages and lists of messages; empty where null stands. */
  static Field<List<Optional<TextOrMessages>>> answers(String name) {
    return new Field<>(name, Kind.ANSWERS);
  }

  static Field<List<String>> textList(String name) {
    return new Field<>(name, Kind.TEXT_LIST);
  }

  /** Pairs of what the user and the assistant said, as turns. */
  static Field<TextOrMessages> history(String name) {
    return new Field<>(name, Kind.HISTORY);
  }

  static Field<List<LabelledTurn>> labelledTurns(String name) {
    return new Field<>(name, Kind.LABELLED_TURNS);
  }

  /** What a column says in place of the system's turn. */
  static Field<String> systemText(String name) {
    return new Field<>(name, Kind.SYSTEM_TEXT);
  }

  static Field<List<Object>> tools(String name) {
    return new Field<>(name, Kind.TOOLS);
  }

  /** What a reason says when the field is missing. */
  String expected() {
    return kind.expected;
  }

  /** Whether a list of values can be mapped to the field. */
  boolean isOfMany() {
    return kind == Kind.ANSWERS;
  }

  /** Takes the value that starts at the current token, and stops at its last one. */
  Object read(JsonParser in) throws IOException {
    return kind.reader.read(in);
  }

  private static List<String> textList(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      return JsonValue.texts(in);
    }
    List<String> texts = new ArrayList<>();
    if (JsonText.value(in.getText()).orElse("") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof String text) {
          texts.add(text);
        }
      }
      if (texts.size() == list.size()) {
        return texts;
      }
    }
    throw JsonPath.wrongType(JsonPath.of(in), Kind.TEXT_LIST.expected, "another text");
  }

  private static TextOrMessages pairs(JsonParser in) throws IOException {
    List<Turn> turns = new ArrayList<>();
    for (List<String> pair : JsonValue.list(in, Kind.HISTORY.expected, JsonValue::texts)) {
      if (pair.size() != 2) {
        throw JsonPath.wrongType(
            JsonPath.of(in), Kind.HISTORY.expected, "a list of " + pair.size() + " texts");
      }
      turns.add(Turn.of(Role.USER, pair.get(0)));
      turns.add(Turn.of(Role.ASSISTANT, pair.get(1)));
    }
    return new TextOrMessages.Messages(turns);
  }

  private static String systemText(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw JsonPath.wrongType(in, Kind.SYSTEM_TEXT.expected);
    }
    return in.getText();
  }

  private static List<Optional<TextOrMessages>> answers(JsonParser in) throws IOException {
    return JsonValue.list(
        in,
        "a list of answers",
        element ->
            element.currentToken() == JsonToken.VALUE_NULL
                ? Optional.empty()
                : Optional.of(TextOrMessages.read(element)));
  }
}
