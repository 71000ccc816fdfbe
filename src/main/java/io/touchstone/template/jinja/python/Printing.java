package io.touchstone.template.jinja.python;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Python's {@code str} and {@code repr}. */
public final class Printing {
  private static final int MOST_CHARS = 1 << 26;

  private Printing() {}

  public static String str(Object value) {
    if (value instanceof String text) {
      return text;
    }
    return value instanceof Value own ? own.str() : repr(value);
  }

  public static String repr(Object value) {
    if (value instanceof Long number) {
      return Long.toString(number);
    }
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    // A list may hold another many times over: its text can be far larger than what was made.
    if (out.length() > MOST_CHARS) {
      throw new PythonError("a value's text of more than " + MOST_CHARS + " characters");
    }
    if (value instanceof String text) {
      quote(text, out);
    } else if (value instanceof Value own) {
      own.writeRepr(out);
    } else if (value instanceof Boolean bool) {
      out.append(bool ? "True" : "False");
    } else if (value instanceof Double number) {
      out.append(Numeric.repr(number));
    } else if (value instanceof BigInteger number) {
      out.append(digits(number));
    } else if (value instanceof List<?> list) {
      writeItems(list, "[", "]", out);
    } else if (value instanceof Map<?, ?> map) {
      writeDict(map, out);
    } else {
      out.append(value);
    }
  }

  public static String digits(BigInteger number) {
    String digits = number.toString();
    if (digits.length() - (number.signum() < 0 ? 1 : 0) > NumberText.MOST_DIGITS) {
      throw new PythonError(
          "an int of more than %d digits cannot be printed".formatted(NumberText.MOST_DIGITS));
    }
    return digits;
  }

  static void writeItems(List<?> items, String open, String close, StringBuilder out) {
    out.append(open);
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      write(items.get(i), out);
    }
    out.append(close);
  }

  static void writeDict(Map<?, ?> map, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      write(entry.getKey(), out);
      out.append(": ");
      write(entry.getValue(), out);
      separator = ", ";
    }
    out.append('}');
  }

  static void quote(String text, StringBuilder out) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == quote || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c == '\r') {
        out.append("\\r");
      } else if (c == '\t') {
        out.append("\\t");
      } else if (Str.isPrintable(c)) {
        out.appendCodePoint(c);
      } else if (c < 0x100) {
        out.append("\\x%02x".formatted(c));
      } else {
        out.append((c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
      }
    }
    out.append(quote);
  }
}
