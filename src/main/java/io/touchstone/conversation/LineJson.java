package io.touchstone.conversation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;

/**
 * Strict JSON over a line's chars; only the line's own length bounds strings, names and numbers.
 */
final class LineJson {

  static final int MAX_DEPTH = 1000;

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

  static JsonParser parser(LineText line) throws IOException {
    return FACTORY.createParser(line.chars(), 0, line.length());
  }

  /** Over a value of the line, which is known to be JSON; counts chars from where it begins. */
  static JsonParser parser(LineText line, Span value) throws IOException {
    return FACTORY.createParser(line.chars(), value.start(), value.end() - value.start());
  }

  static int tokenStart(JsonParser in) {
    return (int) in.currentTokenLocation().getCharOffset();
  }

  /** Jackson's own messages quote the line, so the reason is written anew. */
  static RowProblem problem(JsonProcessingException e, LineText line) {
    if (e instanceof StreamConstraintsException) {
      return new RowProblem(
          Malformation.TOO_DEEP,
          "line",
          "expected JSON nested at most " + MAX_DEPTH + " deep, found more");
    }
    int at = Math.min((int) e.getLocation().getCharOffset(), line.length());
    return new RowProblem(
        Malformation.NOT_JSON,
        "line",
        "expected JSON, found " + found(e, at, line) + " at byte offset " + line.byteOffset(at));
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
}
