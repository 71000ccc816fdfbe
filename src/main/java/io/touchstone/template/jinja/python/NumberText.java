package io.touchstone.template.jinja.python;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers from text, as Python's {@code int()} and {@code float()} read them. */
public final class NumberText {
  /** Of a decimal number, as CPython bounds them. */
  public static final int MOST_DIGITS = 4300;

  private static final Pattern FLOAT =
      Pattern.compile(
          "[+-]?(\\d+(_\\d+)*\\.?|\\d+(_\\d+)*\\.\\d+(_\\d+)*|\\.\\d+(_\\d+)*)([eE][+-]?\\d+(_\\d+)*)?");
  private static final Pattern INFINITE =
      Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAN = Pattern.compile("[+-]?nan", Pattern.CASE_INSENSITIVE);

  private NumberText() {}

  public static @Nullable BigInteger integer(String text, int base) {
    String digits = ascii(Str.strip(text, null));
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    String prefix = digits.length() > 1 ? Str.lower(digits.substring(0, 2)) : "";
    int prefixed = prefix.equals("0x") ? 16 : prefix.equals("0o") ? 8 : prefix.equals("0b") ? 2 : 0;
    int radix = base;
    if (prefixed != 0 && (base == 0 || base == prefixed)) {
      radix = prefixed;
      digits = digits.substring(2);
      digits = digits.startsWith("_") ? digits.substring(1) : digits;
    } else if (base == 0) {
      radix = 10;
      if (digits.startsWith("0") && !digits.matches("0(_?0)*")) {
        return null;
      }
    }
    if (radix < 2 || radix > 36 || !digits.matches("[0-9a-zA-Z]+(_[0-9a-zA-Z]+)*")) {
      return null;
    }
    digits = digits.replace("_", "");
    boolean powerOfTwo = (radix & (radix - 1)) == 0;
    if (!powerOfTwo && digits.length() > MOST_DIGITS) {
      return null;
    }
    try {
      BigInteger value = new BigInteger(digits, radix);
      return negative ? value.negate() : value;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  public static @Nullable Double floating(String text) {
    String number = ascii(Str.strip(text, null));
    if (INFINITE.matcher(number).matches()) {
      return number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (NAN.matcher(number).matches()) {
      return Double.NaN;
    }
    return FLOAT.matcher(number).matches()
        ? (Double) Double.parseDouble(number.replace("_", ""))
        : null;
  }

  /** Decimal digits of any script as ASCII's. */
  private static String ascii(String text) {
    if (text.chars().allMatch(c -> c < 128)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> out.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
    return out.toString();
  }
}
