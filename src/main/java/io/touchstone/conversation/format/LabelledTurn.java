package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.JsonValue;
import io.touchstone.conversation.line.LineJson;
import io.touchstone.conversation.line.Span;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code conversations}, before anyone has said who {@code from} is.
 *
 * @param label where a label stands that is not null
 * @param object where the whole entry stands
 */
record LabelledTurn(String from, String value, @Nullable Span label, Span object) {

  static final String LIST_EXPECTED = "a list of turns";

  static List<LabelledTurn> readAll(JsonParser in) throws IOException {
    return JsonValue.turns(in, LIST_EXPECTED, "turns", LabelledTurn::read);
  }

  private static LabelledTurn read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw JsonPath.wrongType(in, "a turn, an object with from and value");
    }
    int start = LineJson.tokenStart(in);
    String from = null;
    String value = null;
    Span label = null;
    boolean labelSeen = false;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "from" -> {
          once(in, from == null);
          from = JsonValue.text(in);
        }
        case "value" -> {
          once(in, value == null);
          value = JsonValue.text(in);
        }
        case "label" -> {
          once(in, !labelSeen);
          labelSeen = true;
          label = in.currentToken() == JsonToken.VALUE_NULL ? null : LineJson.valueSpan(in);
        }
        default -> in.skipChildren();
      }
    }
    if (from == null) {
      throw JsonPath.missing(JsonPath.of(in) + ".from", "a string");
    }
    if (value == null) {
      throw JsonPath.missing(JsonPath.of(in) + ".value", "a string");
    }
    return new LabelledTurn(from, value, label, new Span(start, LineJson.position(in)));
  }

  private static void once(JsonParser in, boolean first) {
    if (!first) {
      throw JsonPath.duplicate(in);
    }
  }
}
