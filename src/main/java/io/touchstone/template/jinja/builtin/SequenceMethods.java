package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.BoundArguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Undefined;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of a Python list, tuple or range. */
final class SequenceMethods {
  private SequenceMethods() {}

  static @Nullable Object find(Object value, String name) {
    List<Object> items = Iteration.indexable(value);
    if (items == null) {
      return null;
    }
    return switch (name) {
      case "append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove" ->
          value instanceof List ? Undefined.VALUE : null;
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
    Object item = arguments.bindPositional("count", 1).required(0, "value");
    return items.stream().filter(other -> Equality.equal(other, item)).count();
  }

  private static Object indexOf(List<Object> items, Arguments arguments) {
    BoundArguments bound = arguments.bindPositional("index", 3);
    Object item = bound.required(0, "value");
    int start = position(bound.index(1, 0, "index()'s bound"), items.size());
    int stop = position(bound.index(2, items.size(), "index()'s bound"), items.size());
    for (int i = start; i < stop; i++) {
      if (Equality.equal(items.get(i), item)) {
        return (long) i;
      }
    }
    throw new PythonError("index() finds no such value");
  }

  private static int position(int index, int length) {
    return Math.max(0, Math.min(length, index < 0 ? index + length : index));
  }
}
