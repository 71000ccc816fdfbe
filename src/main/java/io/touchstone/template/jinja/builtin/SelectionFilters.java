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
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code map}, {@code select}, {@code reject} and their forms for attributes; all are lazy. */
final class SelectionFilters {
  private SelectionFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("map", SelectionFilters::map);
    filters.put("select", (value, arguments, r) -> selected(value, r, () -> itself(arguments, r)));
    filters.put(
        "reject", (value, arguments, r) -> selected(value, r, () -> itself(arguments, r).negate()));
    filters.put(
        "selectattr", (value, arguments, r) -> selected(value, r, () -> attribute(arguments, r)));
    filters.put(
        "rejectattr",
        (value, arguments, r) -> selected(value, r, () -> attribute(arguments, r).negate()));
  }

  /** Made when the first item is asked for, as its faults are raised then. */
  private interface Choice {
    Predicate<Object> make();
  }

  private static Object selected(Object value, Rendering rendering, Choice choice) {
    return new Generator(
        () -> {
          if (!Value.isTrue(value)) {
            return List.of().iterator();
          }
          Predicate<Object> predicate = choice.make();
          return new Selected(Iteration.over(value), predicate, rendering);
        });
  }

  private static Predicate<Object> itself(Arguments arguments, Rendering rendering) {
    return test(arguments, rendering);
  }

  private static Predicate<Object> attribute(Arguments arguments, Rendering rendering) {
    if (arguments.positional().isEmpty()) {
      throw new PythonError("selectattr and rejectattr need an attribute");
    }
    AttributePath path = AttributePath.of(arguments.positional().get(0), null, rendering);
    Predicate<Object> test = test(arguments.withoutFirst(1), rendering);
    return item -> test.test(path.of(item));
  }

  private static Predicate<Object> test(Arguments arguments, Rendering rendering) {
    if (arguments.positional().isEmpty()) {
      return Value::isTrue;
    }
    Object name = arguments.positional().get(0);
    Arguments others = arguments.withoutFirst(1);
    return item -> {
      Test test = name instanceof String text ? Tests.ALL.get(text) : null;
      if (test == null) {
        throw new PythonError("a test named by an argument is unknown");
      }
      return test.of(item, others, rendering);
    };
  }

  private static Object map(Object value, Arguments arguments, Rendering rendering) {
    return new Generator(
        () -> {
          if (!Value.isTrue(value)) {
            return List.of().iterator();
          }
          UnaryOperator<Object> mapping = mapping(arguments, rendering);
          Iterator<?> items = Iteration.over(value);
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
    Arguments others = arguments.withoutFirst(1);
    return item -> Filters.named(name).apply(item, others, rendering);
  }

  private static final class Selected implements Iterator<Object> {
    private final Iterator<?> items;
    private final Predicate<Object> predicate;
    private final Rendering rendering;
    private @Nullable Object found;

    Selected(Iterator<?> items, Predicate<Object> predicate, Rendering rendering) {
      this.items = items;
      this.predicate = predicate;
      this.rendering = rendering;
    }

    @Override
    public boolean hasNext() {
      while (found == null && items.hasNext()) {
        rendering.step();
        Object item = items.next();
        if (predicate.test(item)) {
          found = item;
        }
      }
      return found != null;
    }

    @Override
    public Object next() {
      Object item = hasNext() ? found : null;
      if (item == null) {
        throw new NoSuchElementException();
      }
      found = null;
      return item;
    }
  }
}
