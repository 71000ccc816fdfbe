package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Rendering;
import java.util.function.BiFunction;

/** What {@code value|name(...)} does. */
public interface Filter {
  Object apply(Object value, Arguments arguments, Rendering rendering);

  /** A filter that takes no arguments. */
  static Filter plain(String name, BiFunction<Object, Rendering, Object> operation) {
    return (value, arguments, rendering) -> {
      arguments.bindPositional(name, 0);
      return operation.apply(value, rendering);
    };
  }
}
