package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.DictView;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Iteration;
import io.touchstone.template.jinja.python.Markup;
import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Numeric;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Range;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Text;
import io.touchstone.template.jinja.python.Tuple;
import io.touchstone.template.jinja.python.TypeName;
import io.touchstone.template.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code value[key]} and {@code value[start:stop:step]}. */
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
    String name = Text.of(key);
    return name == null ? Undefined.VALUE : AttributeLookup.own(value, name);
  }

  private static Object at(Object value, int index) {
    String text = Text.of(value);
    if (text != null) {
      int length = Text.length(text);
      int position = index < 0 ? index + length : index;
      if (position < 0 || position >= length) {
        return Undefined.VALUE;
      }
      int start = text.offsetByCodePoints(0, position);
      String character = text.substring(start, text.offsetByCodePoints(start, 1));
      return value instanceof Markup ? new Markup(character) : character;
    }
    if (value instanceof DictView) {
      return Undefined.VALUE;
    }
    List<Object> items = Iteration.itemsOrNull(value);
    if (items == null) {
      return Undefined.VALUE;
    }
    int position = index < 0 ? index + items.size() : index;
    return position < 0 || position >= items.size() ? Undefined.VALUE : items.get(position);
  }

  /** A slice; {@code bounds} are start, stop and step, each None or an int. */
  public static Object slice(Object value, List<Object> bounds, Rendering rendering) {
    String text = Text.of(value);
    if (text == null && (value instanceof DictView || Iteration.itemsOrNull(value) == null)) {
      throw new PythonError("cannot take a slice of " + TypeName.of(value));
    }
    long length = Iteration.length(value);
    long step = bound(bounds.get(2), 1);
    if (step == 0) {
      throw new PythonError("slice step cannot be zero");
    }
    Ends ends = new Ends(length, step);
    long start = bounds.get(0) == None.VALUE ? ends.first() : ends.clamp(bound(bounds.get(0), 0));
    long stop = bounds.get(1) == None.VALUE ? ends.last() : ends.clamp(bound(bounds.get(1), 0));
    long count = step < 0 ? (start - stop - step - 1) / -step : (stop - start + step - 1) / step;
    if (value instanceof Range range) {
      return new Range(
          range.start() + start * range.step(),
          range.start() + stop * range.step(),
          range.step() * step);
    }
    if (text != null) {
      rendering.make(Math.max(0, count));
      String part = characters(text, new Cut(start, step, count, length));
      return value instanceof Markup ? new Markup(part) : part;
    }
    rendering.makeItems(Math.max(0, count));
    List<Object> items = Objects.requireNonNull(Iteration.itemsOrNull(value));
    List<Object> part = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      part.add(items.get((int) (start + i * step)));
    }
    return value instanceof Tuple ? Tuple.of(part) : part;
  }

  private record Ends(long length, long step) {
    long first() {
      return step < 0 ? length - 1 : 0;
    }

    long last() {
      return step < 0 ? -1 : length;
    }

    long clamp(long bound) {
      long lowest = step < 0 ? -1 : 0;
      long position = bound < 0 ? bound + length : bound;
      return Math.max(lowest, Math.min(position, lowest + length));
    }
  }

  private record Cut(long start, long step, long count, long length) {}

  private static String characters(String text, Cut cut) {
    if (cut.count <= 0) {
      return "";
    }
    if (cut.step == 1) {
      int from = text.offsetByCodePoints(0, (int) cut.start);
      return text.substring(from, text.offsetByCodePoints(from, (int) cut.count));
    }
    int[] codePoints = text.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    for (long i = 0; i < cut.count; i++) {
      out.appendCodePoint(codePoints[(int) (cut.start + i * cut.step)]);
    }
    return out.toString();
  }

  private static long bound(Object value, long fallback) {
    return value == None.VALUE ? fallback : Numeric.toIndex(value, "a slice's bound");
  }
}
