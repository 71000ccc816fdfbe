package io.touchstone.template.jinja.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;

/** Python's arithmetic operators. */
public final class Operators {
  /** Far beyond what templates count, and small enough that no operation on it takes long. */
  static final int MOST_BITS = 65_536;

  private Operators() {}

  public static Object add(Object left, Object right, Rendering rendering) {
    if (left instanceof String a && right instanceof String b) {
      rendering.make((long) a.length() + b.length());
      return a.concat(b);
    }
    if (Numeric.is(left) && Numeric.is(right)) {
      return ofNumbers("+", left, right, Math::addExact, Double::sum, BigInteger::add);
    }
    if (Str.of(left) != null && Str.of(right) != null) {
      String text = Markup.escape(left).text() + Markup.escape(right).text();
      rendering.make(text.length());
      return new Markup(text);
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return joined(a, b, rendering);
    }
    if (left instanceof Tuple a && right instanceof Tuple b) {
      return Tuple.of(joined(a.items(), b.items(), rendering));
    }
    throw unsupported("+", left, right);
  }

  private static List<Object> joined(List<?> left, List<?> right, Rendering rendering) {
    rendering.makeItems((long) left.size() + right.size());
    List<Object> all = new ArrayList<>(left);
    all.addAll(right);
    return all;
  }

  /**
   * Applies an operator to two floats or two ints; what is neither is refused.
   *
   * @param longs throws ArithmeticException where a long cannot hold the result
   */
  private static Object ofNumbers(
      String operator,
      Object left,
      Object right,
      LongBinaryOperator longs,
      DoubleBinaryOperator floats,
      BinaryOperator<BigInteger> ints) {
    requireNumbers(operator, left, right);
    if (left instanceof Long a && right instanceof Long b) {
      try {
        return longs.applyAsLong(a, b);
      } catch (ArithmeticException e) {
        return bounded(ints.apply(BigInteger.valueOf(a), BigInteger.valueOf(b)));
      }
    }
    return left instanceof Double || right instanceof Double
        ? (Object) floats.applyAsDouble(Numeric.toDouble(left), Numeric.toDouble(right))
        : bounded(ints.apply(Numeric.big(left), Numeric.big(right)));
  }

  public static Object subtract(Object left, Object right) {
    return ofNumbers("-", left, right, Math::subtractExact, (a, b) -> a - b, BigInteger::subtract);
  }

  public static Object multiply(Object left, Object right, Rendering rendering) {
    if (Numeric.is(left) && Numeric.is(right)) {
      return ofNumbers(
          "*", left, right, Math::multiplyExact, (a, b) -> a * b, BigInteger::multiply);
    }
    if (Numeric.isInteger(right)) {
      return repeat(left, right, rendering);
    }
    if (Numeric.isInteger(left)) {
      return repeat(right, left, rendering);
    }
    throw unsupported("*", left, right);
  }

  private static Object repeat(Object value, Object count, Rendering rendering) {
    if (count instanceof BigInteger) {
      throw new PythonError("a repetition's count does not fit an index");
    }
    int times = Math.max(0, Numeric.toIndex(count, "a repetition's count"));
    String text = Str.of(value);
    if (text != null) {
      rendering.make((long) text.length() * times);
      String repeated = text.isEmpty() ? "" : text.repeat(times);
      return Markup.like(value, repeated);
    }
    if (value instanceof List<?> list) {
      return repeated(list, times, rendering);
    }
    if (value instanceof Tuple tuple) {
      return Tuple.of(repeated(tuple.items(), times, rendering));
    }
    throw unsupported("*", value, count);
  }

  private static List<Object> repeated(List<?> items, int times, Rendering rendering) {
    rendering.makeItems((long) items.size() * times);
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < times && !items.isEmpty(); i++) {
      all.addAll(items);
    }
    return all;
  }

  public static Object divide(Object left, Object right) {
    requireDivisible("/", left, right);
    if (left instanceof Double || right instanceof Double) {
      return Numeric.toDouble(left) / Numeric.toDouble(right);
    }
    BigDecimal quotient =
        new BigDecimal(Numeric.big(left))
            .divide(new BigDecimal(Numeric.big(right)), new MathContext(60));
    double value = quotient.doubleValue();
    if (Double.isInfinite(value)) {
      throw new PythonError("int division result too large for a float");
    }
    return value;
  }

  public static Object floorDivide(Object left, Object right) {
    requireDivisible("//", left, right);
    LongBinaryOperator longs = (a, b) -> b == -1 ? Math.negateExact(a) : Math.floorDiv(a, b);
    return ofNumbers("//", left, right, longs, Operators::floorDivide, Operators::floorDivide);
  }

  private static BigInteger floorDivide(BigInteger left, BigInteger right) {
    BigInteger[] parts = left.divideAndRemainder(right);
    boolean down = parts[1].signum() != 0 && parts[1].signum() != right.signum();
    return down ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** As CPython's float_divmod. */
  private static double floorDivide(double left, double right) {
    double remainder = left % right;
    double quotient = (left - remainder) / right;
    if (remainder != 0 && (right < 0) != (remainder < 0)) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0.0, left / right);
    }
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  public static Object modulo(Object left, Object right, Rendering rendering) {
    if (left instanceof String format) {
      return PercentFormat.apply(format, right, rendering);
    }
    requireDivisible("%", left, right);
    return ofNumbers("%", left, right, Math::floorMod, Operators::modulo, Operators::modulo);
  }

  private static double modulo(double left, double right) {
    double remainder = left % right;
    if (remainder == 0) {
      return Math.copySign(0.0, right);
    }
    return (right < 0) != (remainder < 0) ? remainder + right : remainder;
  }

  private static BigInteger modulo(BigInteger left, BigInteger right) {
    BigInteger remainder = left.mod(right.abs());
    boolean negative = right.signum() < 0 && remainder.signum() != 0;
    return negative ? remainder.add(right) : remainder;
  }

  public static Object power(Object left, Object right) {
    requireNumbers("**", left, right);
    if (left instanceof Double || right instanceof Double || Numeric.big(right).signum() < 0) {
      return power(Numeric.toDouble(left), Numeric.toDouble(right));
    }
    BigInteger base = Numeric.big(left);
    BigInteger exponent = Numeric.big(right);
    if (base.abs().compareTo(BigInteger.ONE) > 0) {
      boolean huge = exponent.bitLength() > 31;
      if (huge || (long) (base.bitLength() - 1) * exponent.intValue() > MOST_BITS) {
        throw tooManyBits();
      }
    } else {
      exponent =
          exponent.signum() == 0 ? exponent : exponent.testBit(0) ? BigInteger.ONE : BigInteger.TWO;
    }
    return bounded(base.pow(exponent.intValue()));
  }

  private static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new PythonError("zero to a negative power");
    }
    if (base < 0 && exponent != Math.rint(exponent)) {
      throw new PythonError("a negative number to a fractional power is complex: not supported");
    }
    double value = base == 1 ? 1 : Math.pow(base, exponent);
    if (Double.isInfinite(value) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
      throw new PythonError("float power result too large");
    }
    return value;
  }

  public static Object negate(Object value) {
    return ofNumber("-", value, number -> -number, number -> bounded(number.negate()));
  }

  public static Object plus(Object value) {
    return ofNumber("+", value, number -> number, Numeric::integer);
  }

  public static Object absolute(Object value) {
    return ofNumber("abs", value, Math::abs, number -> Numeric.integer(number.abs()));
  }

  private static Object ofNumber(
      String operator,
      Object value,
      DoubleUnaryOperator ofFloat,
      Function<BigInteger, Object> ofInt) {
    if (!Numeric.is(value)) {
      throw new PythonError("cannot apply %s to %s".formatted(operator, Value.typeName(value)));
    }
    return value instanceof Double number
        ? (Object) ofFloat.applyAsDouble(number)
        : ofInt.apply(Numeric.big(value));
  }

  private static Object bounded(BigInteger value) {
    if (value.bitLength() > MOST_BITS) {
      throw tooManyBits();
    }
    return Numeric.integer(value);
  }

  private static PythonError tooManyBits() {
    return new PythonError("an int may have at most " + MOST_BITS + " bits");
  }

  private static void requireDivisible(String operator, Object left, Object right) {
    requireNumbers(operator, left, right);
    if (Numeric.toDouble(right) == 0) {
      throw new PythonError("division by zero");
    }
  }

  private static void requireNumbers(String operator, Object left, Object right) {
    if (!Numeric.is(left) || !Numeric.is(right)) {
      throw unsupported(operator, left, right);
    }
  }

  private static PythonError unsupported(String operator, Object left, Object right) {
    return new PythonError(
        "cannot apply %s to %s and %s"
            .formatted(operator, Value.typeName(left), Value.typeName(right)));
  }
}
