package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Generator;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Value;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** {@code map}, {@code select}, {@code reject} and their forms for attributes; all are lazy. */
final class SelectionFilters {
  private SelectionFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("map", SelectionFilters::map);
    filters.put("select", (value, arguments, r) -> selected(value, r, () -> test(arguments, r)));
    filters.put(
        "reject", (value, arguments, r) -> selected(value, r, () -> test(arguments, r).negate()));
    filters.put(
        "selectattr", (value, arguments, r) -> selected(value, r, () -> attribute(arguments, r)));
    filters.put(
        "rejectattr",
        (value, arguments, r) -> selected(value, r, () -> attribute(arguments, r).negate()));
  }

  /**
   * @param choice made when the first item is asked for, as its faults are raised then
   */
  private static Object selected(
      Object value, Rendering rendering, Supplier<Predicate<Object>> choice) {
    return lazily(
        value,
        () -> {
          Predicate<Object> chosen = choice.get();
          return Iteration.chosen(Iteration.over(value), chosen, rendering);
        });
  }

  private static Object lazily(Object value, Supplier<Iterator<?>> items) {
    return new Generator(() -> Value.isTrue(value) ? items.get() : List.of().iterator());
  }

  private static Predicate<Object> attribute(Arguments arguments, Rendering rendering) {
    if (arguments.positional().isEmpty()) {
      throw new PythonError("selectattr and rejectattr need an attribute");
    }
    AttributePath path = AttributePath.of(arguments.positional().get(0), null, rendering);
    Predicate<Object> test = test(arguments.withoutFirst(), rendering);
    return item -> test.test(path.of(item));
  }

  private static Predicate<Object> test(Arguments arguments, Rendering rendering) {
    if (arguments.positional().isEmpty()) {
      return Value::isTrue;
    }
    Object name = arguments.positional().get(0);
    Arguments others = arguments.withoutFirst();
    return item -> Tests.named(name).of(item, others, rendering);
  }

  private static Object map(Object value, Arguments arguments, Rendering rendering) {
    return lazily(
        value,
        () -> {
          UnaryOperator<Object> mapping = mapping(arguments, rendering);
          Iterator<Object> items = Iteration.over(value);
          return new Iterator<Object>() {
            @Override
            public boolean hasNext() {
              return items.hasNext();
            }

            @Override
            public Object next() {
              rendering.step();
              return mapping.apply(items.next());
            }
          };
        });
  }

  private static UnaryOperator<Object> mapping(Arguments arguments, Rendering rendering) {
    if (arguments.positional().isEmpty() && arguments.named().containsKey("attribute")) {
      Map<String, Object> named = new LinkedHashMap<>(arguments.named());
      AttributePath path =
          AttributePath.of(named.remove("attribute"), named.remove("default"), rendering);
      if (!named.isEmpty()) {
        throw new PythonError("map got a keyword argument it does not take");
      }
      return path::of;
    }
    if (arguments.positional().isEmpty()) {
      throw new PythonError("map needs a filter or an attribute");
    }
    Object name = arguments.positional().get(0);
    Arguments others = arguments.withoutFirst();
    return item -> Filters.named(name).apply(item, others, rendering);
  }
}
