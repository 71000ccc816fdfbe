package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Markup;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Undefined;
import java.util.List;
import java.util.Map;

/** {@code value[key]}. */
public final class Subscript {
  private Subscript() {}

  /** As jinja2: the item, else for a str key the attribute, else undefined. */
  public static Object get(Object value, Object key) {
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
    return name == null ? Undefined.VALUE : AttributeLookup.own(value, name);
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
