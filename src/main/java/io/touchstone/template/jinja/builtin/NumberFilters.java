package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.NumberText;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.Operators;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Undefined;
import io.touchstone.template.jinja.python.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;

/** Filters to and on numbers. */
final class NumberFilters {
  private NumberFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("abs", Filter.plain("abs", (value, r) -> Operators.absolute(value)));
    filters.put("int", NumberFilters::toInteger);
    filters.put("float", NumberFilters::toFloat);
    filters.put("round", NumberFilters::round);
  }

  private static Object toInteger(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("int", "default", "base");
    Object fallback = bound.orElse(0, 0L);
    if (value == Undefined.VALUE) {
      throw new PythonError("an undefined value is no int");
    }
    String text = Str.of(value);
    if (text != null) {
      BigInteger parsed = NumberText.integer(text, bound.index(1, 10, "int()'s base"));
      if (parsed != null) {
        return Numeric.integer(parsed);
      }
      Double number = NumberText.floating(text);
      return number == null || number.isNaN() || number.isInfinite() ? fallback : truncated(number);
    }
    if (value instanceof Double number) {
      if (number.isInfinite()) {
        throw new PythonError("cannot convert an infinite float to an int");
      }
      return number.isNaN() ? fallback : truncated(number);
    }
    return Numeric.isInteger(value) ? Operators.plus(value) : fallback;
  }

  private static Object truncated(double number) {
    return Numeric.integer(Numeric.truncated(number));
  }

  private static Object toFloat(Object value, Arguments arguments, Rendering rendering) {
    Object fallback = arguments.bind("float", "default").orElse(0, 0.0);
    if (value == Undefined.VALUE) {
      throw new PythonError("an undefined value is no float");
    }
    String text = Str.of(value);
    if (text != null) {
      Double number = NumberText.floating(text);
      return number == null ? fallback : number;
    }
    return Numeric.is(value) ? (Object) Numeric.toDouble(value) : fallback;
  }

  private static Object round(Object value, Arguments arguments, Rendering rendering) {
    BoundArguments bound = arguments.bind("round", "precision", "method");
    Object method = bound.orElse(1, "common");
    if (method.equals("common")) {
      return roundHalfEven(value, bound.index(0, 0, "round()'s precision"));
    }
    boolean up = method.equals("ceil");
    if (!up && !method.equals("floor")) {
      throw new PythonError("round()'s method must be common, ceil or floor");
    }
    Object factor = Operators.power(10L, bound.orElse(0, 0L));
    Object scaled = Operators.multiply(value, factor, rendering);
    if (!Numeric.is(scaled)) {
      throw new PythonError("cannot round " + Value.typeName(value));
    }
    return Operators.divide(whole(scaled, up ? RoundingMode.CEILING : RoundingMode.FLOOR), factor);
  }

  private static Object whole(Object number, RoundingMode mode) {
    if (!(number instanceof Double value)) {
      return number;
    }
    if (value.isNaN() || value.isInfinite()) {
      throw new PythonError("cannot convert an infinite or undefined float to an int");
    }
    return Numeric.integer(new BigDecimal(value).setScale(0, mode).toBigInteger());
  }

  private static Object roundHalfEven(Object value, int digits) {
    if (value instanceof Double number) {
      if (number.isNaN() || number.isInfinite() || digits > 400) {
        return number;
      }
      BigDecimal rounded =
          new BigDecimal(number).setScale(Math.max(digits, -400), RoundingMode.HALF_EVEN);
      return Math.copySign(rounded.doubleValue(), number);
    }
    if (!Numeric.isInteger(value)) {
      throw new PythonError("cannot round " + Value.typeName(value));
    }
    if (digits >= 0) {
      return Operators.plus(value);
    }
    BigDecimal whole = new BigDecimal(Numeric.big(value));
    return Numeric.integer(
        whole.setScale(Math.max(digits, -5000), RoundingMode.HALF_EVEN).toBigInteger());
  }
}
