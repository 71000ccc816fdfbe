package io.touchstone.template.jinja.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Python's numbers: bool, int (Long, or BigInteger beyond it) and float. */
public final class Numeric {
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private Numeric() {}

  public static boolean is(Object value) {
    return value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof BigInteger;
  }

  public static boolean isInteger(Object value) {
    return value instanceof Long || value instanceof Boolean || value instanceof BigInteger;
  }

  /** In Long where it fits. */
  public static Object integer(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  /** A finite float without its fraction. */
  public static BigInteger truncated(double value) {
    return new BigDecimal(value).toBigInteger();
  }

  /** Tells whether a float is written with a minus. */
  public static boolean isNegative(double value) {
    return value < 0 || value == 0 && 1 / value < 0;
  }

  public static BigInteger big(Object integer) {
    if (integer instanceof BigInteger big) {
      return big;
    }
    if (integer instanceof Boolean bool) {
      return bool ? BigInteger.ONE : BigInteger.ZERO;
    }
    return BigInteger.valueOf((Long) integer);
  }

  public static double toDouble(Object number) {
    if (number instanceof Double value) {
      return value;
    }
    if (number instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    if (number instanceof Long value) {
      return value;
    }
    double value = ((BigInteger) number).doubleValue();
    if (Double.isInfinite(value)) {
      throw new PythonError("int too large for a float");
    }
    return value;
  }

  /** An index or count; raises for anything but an int, caps at what a Java int holds. */
  public static int toIndex(Object value, String what) {
    if (!isInteger(value)) {
      throw new PythonError("%s must be an int, found %s".formatted(what, Value.typeName(value)));
    }
    BigInteger big = big(value);
    if (big.bitLength() > 31) {
      return big.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
    return big.intValue();
  }

  static boolean isEqual(Object left, Object right) {
    if (left instanceof Double || right instanceof Double) {
      return isNumber(left) && isNumber(right) && compare(left, right) == 0;
    }
    return big(left).equals(big(right));
  }

  static boolean isLess(Object left, Object right) {
    return isNumber(left) && isNumber(right) && compare(left, right) < 0;
  }

  /** Tells whether it is anything but a NaN. */
  static boolean isNumber(Object value) {
    return !(value instanceof Double number && number.isNaN());
  }

  private static int compare(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return a.compareTo(b);
    }
    if (isExactDouble(left) && isExactDouble(right)) {
      double a = toDouble(left);
      double b = toDouble(right);
      return a < b ? -1 : a > b ? 1 : 0;
    }
    if (left instanceof Double number && number.isInfinite()) {
      return number > 0 ? 1 : -1;
    }
    if (right instanceof Double number && number.isInfinite()) {
      return number > 0 ? -1 : 1;
    }
    return exact(left).compareTo(exact(right));
  }

  private static boolean isExactDouble(Object value) {
    return value instanceof Double
        || value instanceof Boolean
        || value instanceof Long number && Math.abs(number) <= EXACT_IN_DOUBLE;
  }

  private static BigDecimal exact(Object value) {
    if (value instanceof Double number) {
      return new BigDecimal(number);
    }
    return new BigDecimal(big(value));
  }

  /** Python's repr of a float: the shortest digits that give it back. */
  public static String repr(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value < 0 ? "-inf" : "inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return (isNegative(value) ? "-" : "") + Math.abs((long) value) + ".0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    int exponent = shortest.precision() - 1 - shortest.scale();
    String sign = value < 0 ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
      return sign + FloatText.of(Math.abs(value), 'e', shortest.precision() - 1);
    }
    String plain = shortest.toPlainString();
    return sign + (plain.contains(".") ? plain : plain + ".0");
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (candidate.doubleValue() == value) {
        return candidate.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }
}
