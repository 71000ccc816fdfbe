package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Markup;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Undefined;
import io.touchstone.template.jinja.python.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code value.name} and {@code value[key]} as the immutable sandbox allows them. */
public final class Lookup {
  private static final Set<String> NUMBER_ATTRIBUTES =
      Set.of(
          "real imag numerator denominator conjugate bit_length bit_count to_bytes from_bytes as_integer_ratio is_integer hex fromhex"
              .split(" "));

  private Lookup() {}

  /** As jinja2: the attribute, else the item of that name, else undefined. */
  public static Object attribute(Object value, String name) {
    if (value == Undefined.VALUE) {
      // Every Python object has one; the sandbox makes it undefined, like any underscore name.
      if (name.equals("__class__")) {
        return Undefined.VALUE;
      }
      throw new PythonError("an undefined value has no attribute '" + name + "'");
    }
    if (value instanceof Map<?, ?> map) {
      Object method = DictMethods.find(map, name);
      Object found = method == null ? map.get(name) : method;
      return found == null ? Undefined.VALUE : found;
    }
    return own(value, name);
  }

  /** The attribute, or undefined; never an item. */
  static Object own(Object value, String name) {
    Object found = name.startsWith("_") ? null : find(value, name);
    return found == null ? Undefined.VALUE : found;
  }

  private static @Nullable Object find(Object value, String name) {
    if (value instanceof String text) {
      return StringMethods.find(text, name);
    }
    if (value instanceof Map<?, ?> map) {
      return DictMethods.find(map, name);
    }
    Object found = value instanceof Value own ? own.attribute(name) : null;
    if (found != null) {
      return found;
    }
    if (value instanceof Markup markup) {
      return MarkupMethods.find(markup, name);
    }
    if (Numeric.is(value) && NUMBER_ATTRIBUTES.contains(name)) {
      throw new PythonError("attribute '%s' of a number is not supported".formatted(name));
    }
    return SequenceMethods.find(value, name);
  }

  /** As jinja2: the item, else for a str key the attribute, else undefined. */
  public static Object item(Object value, Object key) {
    if (value == Undefined.VALUE) {
      throw new PythonError("an undefined value has no items");
    }
    if (value instanceof Map<?, ?> map) {
      if (Equality.isHashable(key)) {
        Object found = Equality.find(map, key);
        if (found != null) {
          return found;
        }
      }
    } else if (Numeric.isInteger(key)) {
      return at(value, Numeric.toIndex(key, "an index"));
    }
    String name = Str.of(key);
    return name == null ? Undefined.VALUE : own(value, name);
  }

  private static Object at(Object value, int index) {
    String text = Str.of(value);
    if (text != null) {
      int position = position(index, Str.length(text));
      return position < 0 ? Undefined.VALUE : Markup.like(value, Str.at(text, position));
    }
    List<Object> items = Iteration.indexable(value);
    int position = items == null ? -1 : position(index, items.size());
    return items == null || position < 0 ? Undefined.VALUE : items.get(position);
  }

  /** The place that an index points to, or -1. */
  private static int position(int index, int length) {
    int position = index < 0 ? index + length : index;
    return position < length ? position : -1;
  }
}
