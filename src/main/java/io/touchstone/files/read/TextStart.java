package io.touchstone.files.read;

import io.touchstone.problem.UnfitInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The first bytes of a text file, which show whether rows stand in it as lines.
 *
 * @param bytes not copied; those from {@code from} to {@code to} count, without a byte order mark
 */
record TextStart(byte[] bytes, int from, int to) {

  private static final int SHOWN_BYTES = 4;

  static TextStart read(InputStream in) throws IOException {
    byte[] bytes = new byte[LineReader.BUFFER_BYTES];
    int read = in.readNBytes(bytes, 0, bytes.length);
    return new TextStart(bytes, LineReader.lengthOfByteOrderMark(bytes, read), read);
  }

  /** What the file looks like, as far as its first bytes tell. */
  enum Shape {
    BLANK,
    /** Lines of whatever kind: broken ones are rejected one by one. */
    LINES,
    /** One object, which ends in the first line that is not blank, and nothing behind it. */
    ONE_LINE,
    ARRAY,
    /** An object that goes on over several lines, so that none of them is a row. */
    OBJECT,
    /** No lines of objects, and no array of them. */
    OTHER
  }

  /**
   * @throws UnfitInputException if the text is UTF-16 or UTF-32
   */
  void refuseUnlessUtf8() throws UnfitInputException {
    Optional<String> found = otherEncoding();
    if (found.isPresent()) {
      String shown =
          HexFormat.ofDelimiter(" ").formatHex(bytes, from, Math.min(to, from + SHOWN_BYTES));
      throw new UnfitInputException(
          "expected UTF-8, found "
              + found.get()
              + " by its first bytes, "
              + shown
              + ": write the text again, iconv -f "
              + found.get()
              + " -t UTF-8 FILE > NEW");
    }
  }

  /**
   * @throws UnfitInputException if a file whose name promises lines is of another encoding, or
   *     holds an array or an object over several lines
   */
  void refuseUnlessLines() throws UnfitInputException {
    refuseUnlessUtf8();
    switch (shape()) {
      case BLANK, LINES, ONE_LINE, OTHER -> {}
      case ARRAY ->
          throw new UnfitInputException(
              "expected lines of JSON objects, found a JSON array: end the file's name with .json,"
                  + " or write each element as a line, jq -c '.[]' FILE > NEW.jsonl");
      case OBJECT -> {
        // Of a name that promises lines a first one that broke off is rejected by itself.
        int first = skipBlank(from);
        if (lastOfLine(first) == first) {
          throw new UnfitInputException(
              "expected lines of JSON objects, found an object over several lines: write each row"
                  + " as one line, jq -c . FILE > NEW.jsonl");
        }
      }
    }
  }

  Shape shape() {
    int first = skipBlank(from);
    if (first == to) {
      return Shape.BLANK;
    }
    if (bytes[first] != '{' && bytes[first] != '[') {
      return Shape.OTHER;
    }
    int end = lineEnd(first);
    int next = skipBlank(end);
    boolean open = isOpen(first, end);
    if (bytes[first] == '[') {
      // A line that is one list, before other lines, is a line that is no row.
      boolean line = !open && next < to && (bytes[next] == '{' || bytes[next] == '[');
      return line ? Shape.LINES : Shape.ARRAY;
    }
    if (next == to) {
      return to < bytes.length ? Shape.ONE_LINE : Shape.LINES;
    }
    // A first line that broke off, before one that begins as rows do.
    boolean broken = bytes[next] == '{' && bytes[next - 1] == '\n' && !goesOn(lastOfLine(first));
    return open && !broken ? Shape.OBJECT : Shape.LINES;
  }

  private boolean goesOn(int last) {
    return "{[,:".indexOf(bytes[last]) >= 0;
  }

  /** Where the last character stands of a line that begins with one that is not blank. */
  private int lastOfLine(int start) {
    int at = lineEnd(start) - 1;
    while (isBlank(bytes[at])) {
      at--;
    }
    return at;
  }

  /** Whether brackets of a line are open at its end; never where it ends inside of a string. */
  private boolean isOpen(int start, int end) {
    int depth = 0;
    boolean inString = false;
    for (int at = start; at < end; at++) {
      byte b = bytes[at];
      if (inString) {
        if (b == '\\') {
          at++;
        } else {
          inString = b != '"';
        }
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
    }
    return !inString && depth > 0;
  }

  private int lineEnd(int start) {
    int at = start;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private int skipBlank(int start) {
    int at = start;
    while (at < to && isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  /** By a byte order mark, or by the zeros that stand beside a text's first character. */
  private Optional<String> otherEncoding() {
    if (to - from < 2) {
      return Optional.empty();
    }
    int first = bytes[from] & 0xff;
    int second = bytes[from + 1] & 0xff;
    boolean wide = to - from >= 4;
    int third = wide ? bytes[from + 2] & 0xff : -1;
    int fourth = wide ? bytes[from + 3] & 0xff : -1;
    if (first == 0xff && second == 0xfe) {
      return Optional.of(third == 0 && fourth == 0 ? "UTF-32" : "UTF-16");
    }
    if (first == 0xfe && second == 0xff) {
      return Optional.of("UTF-16");
    }
    if (first == 0 && second == 0 && third == 0xfe && fourth == 0xff) {
      return Optional.of("UTF-32");
    }
    if (begins(first) && second == 0) {
      return Optional.of(third == 0 && fourth == 0 ? "UTF-32LE" : "UTF-16LE");
    }
    if (first == 0 && begins(second)) {
      return Optional.of("UTF-16BE");
    }
    return first == 0 && second == 0 && third == 0 && begins(fourth)
        ? Optional.of("UTF-32BE")
        : Optional.empty();
  }

  /** Whether a JSON text of rows begins with the character. */
  private static boolean begins(int character) {
    return character == '{' || character == '[' || isBlank((byte) character);
  }
}
