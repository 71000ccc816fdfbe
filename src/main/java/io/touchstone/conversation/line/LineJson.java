package io.touchstone.conversation.line;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;

/**
 * Strict JSON over a line's bytes; only the line's own length bounds strings, names and numbers.
 */
public final class LineJson {

  static final int MAX_DEPTH = 1000;

  /** Its first byte, with which nothing else begins that a line of JSON could. */
  private static final byte BYTE_ORDER_MARK = (byte) 0xef;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
          .build();

  private LineJson() {}

  public static JsonParser parser(LineText line) throws IOException {
    expectUtf8Json(line);
    return FACTORY.createParser(line.json());
  }

  /**
   * Jackson takes a NUL in front for UTF-16, and drops a byte order mark: neither is JSON here. Of
   * a control character it gives the place behind.
   */
  private static void expectUtf8Json(LineText line) {
    for (int at = 0; at < Math.min(2, line.length()); at++) {
      if (line.at(at) == 0) {
        throw notJson("something else", at + 1);
      }
    }
    if (line.length() > 0 && line.at(0) == BYTE_ORDER_MARK) {
      throw notJson("something else", 0);
    }
  }

  /** Over a value of the line, which is known to be JSON; counts bytes from where it begins. */
  public static JsonParser parser(LineText line, Span value) throws IOException {
    return FACTORY.createParser(line.json(), value.start(), value.end() - value.start());
  }

  public static int tokenStart(JsonParser in) {
    return (int) in.currentTokenLocation().getByteOffset();
  }

  /** Where the next token is looked for; of a text or a number only once it is finished. */
  public static int position(JsonParser in) {
    return (int) in.currentLocation().getByteOffset();
  }

  /** Jackson's own messages quote the line, so the reason is written anew. */
  public static RowProblem problem(JsonProcessingException e, LineText line) {
    if (e instanceof StreamConstraintsException) {
      return new RowProblem(
          Malformation.TOO_DEEP,
          "line",
          "expected JSON nested at most " + MAX_DEPTH + " deep, found more");
    }
    int at = line.charStart(Math.min((int) e.getLocation().getByteOffset(), line.length()));
    return notJson(found(e, at, line), at);
  }

  private static RowProblem notJson(String found, int at) {
    return new RowProblem(
        Malformation.NOT_JSON, "line", "expected JSON, found " + found + " at byte offset " + at);
  }

  private static String found(JsonProcessingException e, int at, LineText line) {
    String message = e.getOriginalMessage();
    if (message.startsWith("Illegal unquoted character")) {
      return "an unescaped control character in a string";
    }
    if (message.startsWith("Unrecognized character escape")) {
      return "an unknown escape in a string";
    }
    if (message.startsWith("Non-standard token")) {
      return "NaN or an infinity";
    }
    if (message.startsWith("Invalid numeric value")) {
      return "a malformed number";
    }
    return at == line.length() ? "the end of the line inside of it" : "something else";
  }

  /** Skips the value that starts at the current token. */
  public static Span valueSpan(JsonParser in) throws IOException {
    int start = tokenStart(in);
    in.skipChildren();
    in.finishToken();
    return new Span(start, position(in));
  }
}
