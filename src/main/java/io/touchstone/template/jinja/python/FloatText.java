package io.touchstone.template.jinja.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** C's {@code %f}, {@code %e} and {@code %g} for a value without its sign. */
public final class FloatText {
  private FloatText() {}

  /**
   * @param type one of f, e, g, in either case
   */
  public static String of(double magnitude, char type, int precision) {
    String text;
    if (Double.isNaN(magnitude)) {
      text = "nan";
    } else if (Double.isInfinite(magnitude)) {
      text = "inf";
    } else {
      text =
          switch (Character.toLowerCase(type)) {
            case 'f' -> fixed(magnitude, precision);
            case 'e' -> exponent(magnitude, precision);
            default -> general(magnitude, Math.max(1, precision));
          };
    }
    return Character.isUpperCase(type) ? Str.upper(text) : text;
  }

  private static String fixed(double value, int precision) {
    return new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String exponent(double value, int precision) {
    if (value == 0) {
      return "0" + (precision > 0 ? "." + "0".repeat(precision) : "") + "e+00";
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().toString();
    int power = digits.length() - 1 - rounded.scale();
    digits = (digits + "0".repeat(precision + 1)).substring(0, precision + 1);
    return digits.charAt(0)
        + (precision > 0 ? "." + digits.substring(1) : "")
        + (power < 0 ? "e-" : "e+")
        + (Math.abs(power) < 10 ? "0" : "")
        + Math.abs(power);
  }

  private static String general(double value, int precision) {
    if (value == 0) {
      return "0";
    }
    String scientific = exponent(value, precision - 1);
    int at = scientific.indexOf('e');
    int power = Integer.parseInt(scientific.substring(at + 1));
    if (power < -4 || power >= precision) {
      return withoutTrailingZeros(scientific.substring(0, at)) + scientific.substring(at);
    }
    return withoutTrailingZeros(fixed(value, precision - 1 - power));
  }

  private static String withoutTrailingZeros(String text) {
    return text.indexOf('.') < 0 ? text : text.replaceFirst("\\.?0+$", "");
  }
}
