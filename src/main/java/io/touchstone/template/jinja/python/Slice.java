package io.touchstone.template.jinja.python;

import java.util.ArrayList;
import java.util.List;

/** {@code start:stop:step}, within the length of what it is taken of. */
public record Slice(long start, long stop, long step) {

  /**
   * @param bounds start, stop and step, each None or an int
   */
  public static Object of(Object value, List<Object> bounds, Rendering rendering) {
    String text = Str.of(value);
    if (text == null && !(value instanceof List) && !(value instanceof Sequence)) {
      throw new PythonError("cannot take a slice of " + Value.typeName(value));
    }
    Slice slice = within(Iteration.length(value), bounds);
    if (text != null) {
      return Markup.like(value, slice.of(text, rendering));
    }
    return value instanceof Sequence sequence
        ? sequence.slice(slice, rendering)
        : slice.of((List<?>) value, rendering);
  }

  private static Slice within(long length, List<Object> bounds) {
    long step = bounds.get(2) == None.VALUE ? 1 : index(bounds.get(2));
    if (step == 0) {
      throw new PythonError("slice step cannot be zero");
    }
    long lowest = step < 0 ? -1 : 0;
    long highest = lowest + length;
    long start = position(bounds.get(0), step < 0 ? highest : lowest, lowest, length);
    long stop = position(bounds.get(1), step < 0 ? lowest : highest, lowest, length);
    return new Slice(start, stop, step);
  }

  private static long position(Object bound, long fallback, long lowest, long length) {
    if (bound == None.VALUE) {
      return fallback;
    }
    long index = index(bound);
    return Math.max(lowest, Math.min(index < 0 ? index + length : index, lowest + length));
  }

  private static long index(Object bound) {
    return Numeric.toIndex(bound, "a slice's bound");
  }

  private long count() {
    long distance = step < 0 ? start - stop : stop - start;
    long stride = Math.abs(step);
    return Math.max(0, (distance + stride - 1) / stride);
  }

  List<Object> of(List<?> items, Rendering rendering) {
    rendering.makeItems(count());
    List<Object> part = new ArrayList<>();
    for (long i = 0; i < count(); i++) {
      part.add(items.get((int) (start + i * step)));
    }
    return part;
  }

  private String of(String text, Rendering rendering) {
    rendering.make(count());
    if (count() == 0) {
      return "";
    }
    if (step == 1) {
      int from = text.offsetByCodePoints(0, (int) start);
      return text.substring(from, text.offsetByCodePoints(from, (int) count()));
    }
    int[] codePoints = text.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    for (long i = 0; i < count(); i++) {
      out.appendCodePoint(codePoints[(int) (start + i * step)]);
    }
    return out.toString();
  }
}
