package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.DictView;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Markup;
import io.touchstone.template.jinja.python.Namespace;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Range;
import io.touchstone.template.jinja.python.Tuple;
import io.touchstone.template.jinja.python.Undefined;
import io.touchstone.template.jinja.tree.LoopState;
import io.touchstone.template.jinja.tree.Macro;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code value.name} as the immutable sandbox allows it. */
public final class AttributeLookup {
  private static final Set<String> LIST_MUTATORS =
      Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");
  private static final Set<String> DICT_MUTATORS =
      Set.of("clear", "pop", "popitem", "setdefault", "update");
  private static final Set<String> NUMBER_ATTRIBUTES =
      Set.of(
          "real",
          "imag",
          "numerator",
          "denominator",
          "conjugate",
          "bit_length",
          "bit_count",
          "to_bytes",
          "from_bytes",
          "as_integer_ratio",
          "is_integer",
          "hex",
          "fromhex");

  private AttributeLookup() {}

  /** As jinja2: the attribute, else the item of that name, else undefined. */
  public static Object get(Object value, String name) {
    if (value == Undefined.VALUE) {
      // Every Python object has one; the sandbox makes it undefined, like any underscore name.
      if (name.equals("__class__")) {
        return Undefined.VALUE;
      }
      throw new PythonError("an undefined value has no attribute '" + name + "'");
    }
    if (value instanceof Map<?, ?> map) {
      Object method = ofDict(map, name);
      if (method != null) {
        return method;
      }
      Object item = map.get(name);
      return item == null ? Undefined.VALUE : item;
    }
    return own(value, name);
  }

  /** The attribute, or undefined; never an item. */
  static Object own(Object value, String name) {
    if (name.startsWith("_")) {
      return Undefined.VALUE;
    }
    Object found = find(value, name);
    return found == null ? Undefined.VALUE : found;
  }

  private static @Nullable Object find(Object value, String name) {
    if (value instanceof String text) {
      return StringMethods.find(text, name);
    }
    if (value instanceof Markup markup) {
      return MarkupMethods.find(markup, name);
    }
    if (value instanceof Map<?, ?> map) {
      return ofDict(map, name);
    }
    if (value instanceof List<?> list) {
      return ofList(list, name);
    }
    if (value instanceof Tuple tuple) {
      int named = tuple.names().indexOf(name);
      return named >= 0 ? tuple.items().get(named) : ofSequence(tuple.items(), name);
    }
    if (value instanceof Range range) {
      return ofRange(range, name);
    }
    if (value instanceof Namespace namespace) {
      return namespace.get(name);
    }
    if (value instanceof LoopState loop) {
      return loop.attribute(name);
    }
    if (value instanceof Macro macro) {
      return macro.attribute(name);
    }
    if (Numeric.is(value) && NUMBER_ATTRIBUTES.contains(name)) {
      throw new PythonError("attribute '%s' of a number is not supported".formatted(name));
    }
    return null;
  }

  private static @Nullable Object ofDict(Map<?, ?> map, String name) {
    if (DICT_MUTATORS.contains(name) || name.startsWith("__") && name.endsWith("__")) {
      return Undefined.VALUE;
    }
    return switch (name) {
      case "keys" -> view(map, DictView.Kind.KEYS);
      case "values" -> view(map, DictView.Kind.VALUES);
      case "items" -> view(map, DictView.Kind.ITEMS);
      case "copy" ->
          (Callable)
              (arguments, rendering) -> {
                arguments.bindPositional("copy", 0);
                rendering.makeItems(map.size());
                return new LinkedHashMap<Object, Object>(map);
              };
      case "get" ->
          (Callable)
              (arguments, rendering) -> {
                @Nullable Object[] bound = arguments.bindPositional("get", 2);
                Object key = Arguments.required(bound[0], "get", "key");
                Equality.requireHashable(key);
                Object found = Equality.find(map, key);
                return found == null ? Arguments.orElse(bound[1], None.VALUE) : found;
              };
      case "fromkeys" -> throw new PythonError("method 'fromkeys' is not supported");
      default -> null;
    };
  }

  private static Callable view(Map<?, ?> map, DictView.Kind kind) {
    return (arguments, rendering) -> {
      arguments.bindPositional(kind.type(), 0);
      return new DictView(kind, map);
    };
  }

  private static @Nullable Object ofList(List<?> list, String name) {
    if (LIST_MUTATORS.contains(name)) {
      return Undefined.VALUE;
    }
    if (name.equals("copy")) {
      return (Callable)
          (arguments, rendering) -> {
            arguments.bindPositional("copy", 0);
            return Iteration.toList(list, rendering);
          };
    }
    return ofSequence(list, name);
  }

  private static @Nullable Object ofRange(Range range, String name) {
    return switch (name) {
      case "start" -> range.start();
      case "stop" -> range.stop();
      case "step" -> range.step();
      default -> ofSequence(range.items(), name);
    };
  }

  private static @Nullable Object ofSequence(List<?> items, String name) {
    return switch (name) {
      case "count" ->
          (Callable)
              (arguments, rendering) -> {
                Object item =
                    Arguments.required(arguments.bindPositional("count", 1)[0], "count", "value");
                return items.stream().filter(other -> Equality.equal(other, item)).count();
              };
      case "index" -> (Callable) (arguments, rendering) -> indexOf(items, arguments);
      default -> null;
    };
  }

  private static Object indexOf(List<?> items, Arguments arguments) {
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
