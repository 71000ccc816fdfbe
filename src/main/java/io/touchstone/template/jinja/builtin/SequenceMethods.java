package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Undefined;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of a Python list, tuple or range. */
final class SequenceMethods {
  private static final Set<String> MUTATORS =
      Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");

  private SequenceMethods() {}

  static @Nullable Object find(Object value, String name) {
    List<Object> items = Iteration.indexable(value);
    if (items == null) {
      return null;
    }
    if (value instanceof List && MUTATORS.contains(name)) {
      return Undefined.VALUE;
    }
    return switch (name) {
      case "copy" -> value instanceof List ? (Callable) (a, r) -> copy(items, a, r) : null;
      case "count" -> (Callable) (arguments, rendering) -> count(items, arguments);
      case "index" -> (Callable) (arguments, rendering) -> indexOf(items, arguments);
      default -> null;
    };
  }

  private static Object copy(List<Object> items, Arguments arguments, Rendering rendering) {
    arguments.bindPositional("copy", 0);
    return Iteration.toList(items, rendering);
  }

  private static Object count(List<Object> items, Arguments arguments) {
    Object item = Arguments.required(arguments.bindPositional("count", 1)[0], "count", "value");
    return items.stream().filter(other -> Equality.equal(other, item)).count();
  }

  private static Object indexOf(List<Object> items, Arguments arguments) {
    @Nullable Object[] bound = arguments.bindPositional("index", 3);
    Object item = Arguments.required(bound[0], "index", "value");
    int start = position(bound[1], 0, items.size());
    int stop = position(bound[2], items.size(), items.size());
    for (int i = start; i < stop; i++) {
      if (Equality.equal(items.get(i), item)) {
        return (long) i;
      }
    }
    throw new PythonError("index() finds no such value");
  }

  private static int position(@Nullable Object value, int fallback, int length) {
    if (value == null) {
      return fallback;
    }
    int index = Numeric.toIndex(value, "index()'s bound");
    return Math.max(0, Math.min(length, index < 0 ? index + length : index));
  }
}
