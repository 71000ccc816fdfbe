package io.touchstone.template.jinja.syntax;

import java.util.HexFormat;

/** Reads what stands between a string literal's quotes, as Python's {@code unicode-escape} does. */
final class StringLiteral {
  /** What a backslash changes, and in the same order what it changes it to. */
  private static final String PLAIN = "\\'\"abfnrtv";

  private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";

  private final String source;
  private final int line;
  private final StringBuilder out = new StringBuilder();
  private int position;

  private StringLiteral(String source, int line) {
    this.source = source;
    this.line = line;
  }

  static String unescape(String literal, int line) {
    return literal.indexOf('\\') < 0 ? literal : new StringLiteral(asAscii(literal), line).text();
  }

  private String text() {
    while (position < source.length()) {
      char c = source.charAt(position++);
      if (c != '\\') {
        out.append(c);
      } else if (position == source.length()) {
        throw fault("a string literal ends in a backslash");
      } else {
        escape(source.charAt(position++));
      }
    }
    return out.toString();
  }

  /** jinja2 first writes every character beyond ASCII as an escape, also one behind a backslash. */
  private static String asAscii(String literal) {
    StringBuilder out = new StringBuilder(literal.length());
    literal
        .codePoints()
        .forEach(
            c -> {
              if (c < 128) {
                out.append((char) c);
              } else {
                out.append(
                    (c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
              }
            });
    return out.toString();
  }

  private void escape(char c) {
    int plain = PLAIN.indexOf(c);
    if (plain >= 0) {
      out.append(MEANT.charAt(plain));
      return;
    }
    switch (c) {
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      case 'N' -> named();
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(position - 1);
      default -> out.append(c == '\n' ? "" : "\\" + c);
    }
  }

  private void hex(int digits) {
    int end = position + digits;
    if (end > source.length()
        || !source.substring(position, end).chars().allMatch(HexFormat::isHexDigit)) {
      throw fault("a truncated \\x, \\u or \\U escape in a string literal");
    }
    long code = HexFormat.fromHexDigitsToLong(source, position, end);
    if (code > Character.MAX_CODE_POINT) {
      throw fault("an illegal Unicode character in a string literal");
    }
    out.appendCodePoint((int) code);
    position = end;
  }

  private void octal(int start) {
    while (position < Math.min(start + 3, source.length())
        && Character.digit(source.charAt(position), 8) >= 0) {
      position++;
    }
    out.append((char) Integer.parseInt(source.substring(start, position), 8));
  }

  private void named() {
    int close = source.indexOf('}', position);
    if (close <= position || source.charAt(position) != '{') {
      throw fault("a malformed \\N escape in a string literal");
    }
    try {
      out.appendCodePoint(Character.codePointOf(source.substring(position + 1, close)));
    } catch (IllegalArgumentException e) {
      throw fault("an unknown Unicode name in a string literal");
    }
    position = close + 1;
  }

  private TemplateSyntaxError fault(String message) {
    return new TemplateSyntaxError(line, message);
  }
}
