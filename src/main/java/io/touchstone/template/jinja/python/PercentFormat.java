package io.touchstone.template.jinja.python;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code '%s of %d' % (a, b)}. */
public final class PercentFormat {
  private static final Pattern SPECIFIER =
      Pattern.compile(
          "%(?:\\(([^()]*)\\))?([-+ #0]*)(\\*|\\d{0,6})(?:\\.(\\*|\\d{0,6}))?[hlL]?(.)?",
          Pattern.DOTALL);

  private final Object values;
  private final List<Object> sequence;
  private int next;

  private PercentFormat(Object values) {
    this.values = values;
    this.sequence = values instanceof Tuple tuple ? tuple.items() : List.of(values);
  }

  public static String apply(String format, Object values, Rendering rendering) {
    String text = new PercentFormat(values).render(format, rendering);
    rendering.make(text.length());
    return text;
  }

  private String render(String format, Rendering rendering) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = SPECIFIER.matcher(format);
    int position = 0;
    boolean named = false;
    while (matcher.find(position)) {
      out.append(format, position, matcher.start());
      position = matcher.end();
      if ("%".equals(matcher.group(5))) {
        out.append('%');
        continue;
      }
      named |= matcher.group(1) != null;
      String text = one(matcher);
      rendering.make(text.length());
      out.append(text);
    }
    out.append(format, position, format.length());
    boolean isMapping =
        values instanceof Map || values instanceof List || values == Undefined.VALUE;
    if (!named && next < sequence.size() && !isMapping) {
      throw new PythonError("not all arguments converted by a format string");
    }
    return out.toString();
  }

  private String one(Matcher matcher) {
    String flags = matcher.group(2);
    int width = count(matcher.group(3));
    int precision = matcher.group(4) == null ? -1 : Math.max(0, count(matcher.group(4)));
    Object value = matcher.group(1) == null ? take() : named(matcher.group(1));
    String type = matcher.group(5);
    if (type == null) {
      throw new PythonError("incomplete format");
    }
    String text = converted(value, type.charAt(0), precision);
    boolean isText = "scra".contains(type);
    boolean negative = !isText && text.startsWith("-");
    String positive = flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    String sign = isText ? "" : negative ? "-" : positive;
    String head = sign + (flags.contains("#") && "xXo".contains(type) ? "0" + type : "");
    String body = negative ? text.substring(1) : text;
    int missing = Math.max(0, Math.abs(width) - Str.length(head) - Str.length(body));
    if (flags.contains("-") || width < 0) {
      return head + body + " ".repeat(missing);
    }
    return flags.contains("0") && !isText
        ? head + "0".repeat(missing) + body
        : " ".repeat(missing) + head + body;
  }

  private Object named(String key) {
    if (!(values instanceof Map<?, ?> map)) {
      throw new PythonError("format requires a dict");
    }
    Object found = map.get(key);
    if (found == null) {
      throw new PythonError("a format string names a key that the dict does not have");
    }
    return found;
  }

  private Object take() {
    if (next >= sequence.size()) {
      throw new PythonError("not enough arguments for a format string");
    }
    return sequence.get(next++);
  }

  private int count(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return 0;
    }
    int count =
        digits.equals("*") ? Numeric.toIndex(take(), "a format's width") : Integer.parseInt(digits);
    if (Math.abs((long) count) > 999_999) {
      throw new PythonError("a format's width or precision of more than 6 digits");
    }
    return count;
  }

  private static String converted(Object value, char type, int precision) {
    return switch (type) {
      case 's' -> Str.first(precision, Printing.str(value));
      case 'r' -> Str.first(precision, Printing.repr(value));
      case 'd', 'i', 'u' -> withLeast(integer(value, true).toString(), precision);
      case 'x' -> integer(value, false).toString(16);
      case 'X' -> Str.upper(integer(value, false).toString(16));
      case 'o' -> integer(value, false).toString(8);
      case 'e', 'E', 'f', 'F', 'g', 'G' -> floating(value, type, precision);
      case 'c' -> character(value);
      default -> throw new PythonError("unsupported format character");
    };
  }

  private static String withLeast(String digits, int least) {
    boolean negative = digits.startsWith("-");
    String magnitude = negative ? digits.substring(1) : digits;
    return (negative ? "-" : "") + "0".repeat(Math.max(0, least - magnitude.length())) + magnitude;
  }

  private static BigInteger integer(Object value, boolean truncates) {
    if (Numeric.isInteger(value)) {
      return Numeric.big(value);
    }
    if (truncates && value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      return Numeric.truncated(number);
    }
    throw new PythonError("a format string needs an int, found " + Value.typeName(value));
  }

  private static String floating(Object value, char type, int precision) {
    if (!Numeric.is(value)) {
      throw new PythonError("a format string needs a number, found " + Value.typeName(value));
    }
    double number = Numeric.toDouble(value);
    return (Numeric.isNegative(number) ? "-" : "")
        + FloatText.of(Math.abs(number), type, precision < 0 ? 6 : precision);
  }

  private static String character(Object value) {
    String text = Str.of(value);
    if (text != null && Str.length(text) == 1) {
      return text;
    }
    if (Numeric.isInteger(value)) {
      int code = Numeric.toIndex(value, "a character's code");
      if (Character.isValidCodePoint(code)) {
        return Character.toString(code);
      }
    }
    throw new PythonError("format c needs an int or a character");
  }
}
