package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.ComparisonOperator;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Markup;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.Operators;
import io.touchstone.template.jinja.python.Printing;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Undefined;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tests behind {@code is}. */
public final class Tests {
  private static final Map<String, Test> ALL = new HashMap<>();

  static {
    plain("defined", value -> value != Undefined.VALUE);
    plain("undefined", value -> value == Undefined.VALUE);
    plain("none", value -> value == None.VALUE);
    plain("boolean", value -> value instanceof Boolean);
    plain("true", value -> value.equals(true));
    plain("false", value -> value.equals(false));
    plain("integer", value -> Numeric.isInteger(value) && !(value instanceof Boolean));
    plain("float", value -> value instanceof Double);
    plain("number", Numeric::is);
    plain("string", value -> Str.of(value) != null);
    plain("mapping", value -> value instanceof Map);
    plain("iterable", Iteration::isIterable);
    plain("sequence", Tests::isSequence);
    // Python asks the type, and jinja2's Undefined has a method to call, if only to raise.
    plain("callable", value -> value instanceof Callable || value == Undefined.VALUE);
    plain("escaped", value -> value instanceof Markup);
    plain("lower", value -> StringMethods.isLower(Printing.str(value)));
    plain("upper", value -> StringMethods.isUpper(Printing.str(value)));
    plain("filter", value -> isNameIn(value, Filters::isKnown));
    plain("test", value -> isNameIn(value, ALL::containsKey));
    ALL.put("odd", (value, arguments, r) -> isOfParity(value, arguments, 1L, r));
    ALL.put("even", (value, arguments, r) -> isOfParity(value, arguments, 0L, r));
    ALL.put(
        "divisibleby",
        (value, arguments, r) ->
            isRemainder(value, arguments.bind("divisibleby", "num").required(0, "num"), 0L, r));
    binary("sameas", "other", Tests::isSame);
    binary("in", "seq", (value, container) -> Equality.contains(container, value));
    compare(ComparisonOperator.EQUAL, "==", "eq", "equalto");
    compare(ComparisonOperator.NOT_EQUAL, "!=", "ne");
    compare(ComparisonOperator.GREATER, ">", "gt", "greaterthan");
    compare(ComparisonOperator.GREATER_OR_EQUAL, ">=", "ge");
    compare(ComparisonOperator.LESS, "<", "lt", "lessthan");
    compare(ComparisonOperator.LESS_OR_EQUAL, "<=", "le");
  }

  private Tests() {}

  private static void plain(String name, Predicate<Object> test) {
    ALL.put(
        name,
        (value, arguments, rendering) -> {
          arguments.bindPositional("test '" + name + "'", 0);
          return test.test(value);
        });
  }

  private static void binary(String name, String parameter, BiPredicate<Object, Object> test) {
    ALL.put(
        name,
        (value, arguments, rendering) ->
            test.test(value, arguments.bind(name, parameter).required(0, parameter)));
  }

  private static void compare(ComparisonOperator operator, String... names) {
    for (String name : names) {
      ALL.put(
          name,
          (value, arguments, rendering) ->
              operator.holds(
                  value, arguments.bindPositional("test '" + name + "'", 1).required(0, "other")));
    }
  }

  public static @Nullable Test find(String name) {
    return ALL.get(name);
  }

  /** A test whose name the template computes. */
  static Test named(Object name) {
    Test test = name instanceof String text ? ALL.get(text) : null;
    if (test == null) {
      throw new PythonError("a test named by an argument is unknown");
    }
    return test;
  }

  private static boolean isNameIn(Object value, Predicate<String> names) {
    Equality.requireHashable(value);
    String name = Str.of(value);
    return name != null && names.test(name);
  }

  private static boolean isOfParity(
      Object value, Arguments arguments, Long wanted, Rendering rendering) {
    arguments.bindPositional("a test of parity", 0);
    return isRemainder(value, 2L, wanted, rendering);
  }

  private static boolean isRemainder(
      Object value, Object divisor, Long wanted, Rendering rendering) {
    return Equality.equal(Operators.modulo(value, divisor, rendering), wanted);
  }

  private static boolean isSequence(Object value) {
    return Iteration.indexable(value) != null
        || Str.of(value) != null
        || value instanceof Map
        || value == Undefined.VALUE;
  }

  /** Python's identity, which for small constants is equality of one type. */
  private static boolean isSame(Object value, Object other) {
    if (value instanceof List || value instanceof Map) {
      return value == other;
    }
    return value.getClass() == other.getClass() && value.equals(other);
  }
}
