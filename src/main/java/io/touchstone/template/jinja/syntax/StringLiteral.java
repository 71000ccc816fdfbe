package io.touchstone.template.jinja.syntax;

/** Reads what stands between a string literal's quotes, as Python's {@code unicode-escape} does. */
final class StringLiteral {
  /** What a backslash changes, and in the same order what it changes it to. */
  private static final String PLAIN = "\\'\"abfnrtv";

  private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";

  private StringLiteral() {}

  static String unescape(String literal, int line) {
    if (literal.indexOf('\\') < 0) {
      return literal;
    }
    String source = asAscii(literal);
    StringBuilder out = new StringBuilder(source.length());
    int i = 0;
    while (i < source.length()) {
      char c = source.charAt(i++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      if (i == source.length()) {
        throw new TemplateSyntaxError(line, "a string literal ends in a backslash");
      }
      i = escape(source, i, new Target(out, line));
    }
    return out.toString();
  }

  private record Target(StringBuilder out, int line) {}

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

  private static int escape(String source, int at, Target target) {
    char c = source.charAt(at);
    int plain = PLAIN.indexOf(c);
    if (plain >= 0) {
      target.out.append(MEANT.charAt(plain));
      return at + 1;
    }
    return switch (c) {
      case 'x' -> hex(source, at + 1, 2, target);
      case 'u' -> hex(source, at + 1, 4, target);
      case 'U' -> hex(source, at + 1, 8, target);
      case 'N' -> named(source, at + 1, target);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(source, at, target.out);
      default -> {
        target.out.append(c == '\n' ? "" : "\\" + c);
        yield at + 1;
      }
    };
  }

  private static int hex(String source, int at, int digits, Target target) {
    int end = at + digits;
    if (end > source.length() || !isHex(source.substring(at, end))) {
      throw new TemplateSyntaxError(
          target.line, "a truncated \\x, \\u or \\U escape in a string literal");
    }
    long code = Long.parseLong(source.substring(at, end), 16);
    if (code > Character.MAX_CODE_POINT) {
      throw new TemplateSyntaxError(
          target.line, "an illegal Unicode character in a string literal");
    }
    target.out.appendCodePoint((int) code);
    return end;
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  private static int octal(String source, int at, StringBuilder out) {
    int end = at;
    int code = 0;
    while (end < source.length() && end < at + 3 && Character.digit(source.charAt(end), 8) >= 0) {
      code = code * 8 + Character.digit(source.charAt(end), 8);
      end++;
    }
    out.append((char) code);
    return end;
  }

  private static int named(String source, int at, Target target) {
    int close = source.indexOf('}', at);
    if (at < source.length() && source.charAt(at) == '{' && close > at) {
      try {
        target.out.appendCodePoint(Character.codePointOf(source.substring(at + 1, close)));
        return close + 1;
      } catch (IllegalArgumentException e) {
        throw new TemplateSyntaxError(target.line, "an unknown Unicode name in a string literal");
      }
    }
    throw new TemplateSyntaxError(target.line, "a malformed \\N escape in a string literal");
  }
}
