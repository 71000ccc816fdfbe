package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Splitting;
import io.touchstone.template.jinja.python.Str;
import io.touchstone.template.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code attribute} argument of a filter: {@code 'a.b.0'}, or an int. */
record AttributePath(List<Object> parts, @Nullable Object fallback) {

  /**
   * @param fallback instead of undefined, or null
   */
  static AttributePath of(
      @Nullable Object attribute, @Nullable Object fallback, Rendering rendering) {
    Object replaced = fallback == None.VALUE ? null : fallback;
    if (attribute == null || attribute == None.VALUE) {
      return new AttributePath(List.of(), replaced);
    }
    String text = Str.of(attribute);
    if (text == null) {
      return new AttributePath(List.of(attribute), replaced);
    }
    List<Object> parts = new ArrayList<>();
    for (Object part : Splitting.at(text, ".", -1, rendering)) {
      String name = (String) part;
      boolean number =
          !name.isEmpty() && name.length() < 10 && name.chars().allMatch(Character::isDigit);
      parts.add(number ? (Object) Long.valueOf(name) : name);
    }
    return new AttributePath(parts, replaced);
  }

  Object of(Object item) {
    Object value = item;
    for (Object part : parts) {
      value = Lookup.item(value, part);
      if (value == Undefined.VALUE && fallback != null) {
        value = fallback;
      }
    }
    return value;
  }

  static Object ignoringCase(Object value) {
    String text = Str.of(value);
    return text == null ? value : Str.lower(text);
  }
}
