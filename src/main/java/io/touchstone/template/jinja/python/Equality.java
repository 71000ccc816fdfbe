package io.touchstone.template.jinja.python;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's {@code ==} and {@code in}. */
public final class Equality {
  private Equality() {}

  /** What is left of one comparison's work: a list may hold another many times over. */
  private static final class Work {
    private static final int MOST_VALUES = 10_000_000;
    private int done;

    void step() {
      done++;
      if (done > MOST_VALUES) {
        throw new PythonError("a comparison of more than " + MOST_VALUES + " values");
      }
    }
  }

  public static boolean equal(Object left, Object right) {
    return left instanceof String a && right instanceof String b
        ? a.equals(b)
        : equal(left, right, new Work());
  }

  private static boolean equal(Object left, Object right, Work work) {
    work.step();
    if (left == right) {
      return !(left instanceof Double number && number.isNaN());
    }
    String text = Str.of(left);
    if (text != null) {
      return text.equals(Str.of(right));
    }
    if (Numeric.is(left)) {
      return Numeric.is(right) && Numeric.isEqual(left, right);
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return sameItems(a, b, work);
    }
    if (left instanceof Sequence a && right instanceof Sequence b) {
      return a.getClass() == b.getClass() && sameItems(a.items(), b.items(), work);
    }
    if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      return sameEntries(a, b, work);
    }
    return false;
  }

  private static boolean sameItems(List<?> left, List<?> right, Work work) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i), work)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameEntries(Map<?, ?> left, Map<?, ?> right, Work work) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      Object other = find(right, entry.getKey());
      if (other == null || !equal(entry.getValue(), other, work)) {
        return false;
      }
    }
    return true;
  }

  /** A dict's value for a key that Python holds equal to this one ({@code 1 == 1.0 == True}). */
  public static @Nullable Object find(Map<?, ?> dict, Object key) {
    if (Numeric.is(key)) {
      Object stored = storedKey(dict, key);
      return stored == null ? null : dict.get(stored);
    }
    return dict.get(unmarked(key));
  }

  /** Writes as Python does: an equal key stays as it was first written. */
  public static void put(Map<Object, Object> dict, Object key, Object value) {
    requireHashable(key);
    Object stored = Numeric.is(key) ? storedKey(dict, key) : null;
    dict.put(stored == null ? unmarked(key) : stored, value);
  }

  private static Object unmarked(Object key) {
    return key instanceof Markup markup ? markup.text() : key;
  }

  private static @Nullable Object storedKey(Map<?, ?> dict, Object key) {
    if (dict.containsKey(key)) {
      return key;
    }
    for (Object candidate : dict.keySet()) {
      if (Numeric.is(candidate) && Numeric.isEqual(candidate, key)) {
        return candidate;
      }
    }
    return null;
  }

  public static boolean isHashable(Object value) {
    return value instanceof Value own
        ? own.isHashable()
        : !(value instanceof List || value instanceof Map);
  }

  public static void requireHashable(Object value) {
    if (!isHashable(value)) {
      throw new PythonError("unhashable type: " + Value.typeName(value));
    }
  }

  /** One Java object for all values that Python holds equal as keys. */
  public static Object canonicalKey(Object value) {
    requireHashable(value);
    if (value instanceof Boolean bool) {
      return bool ? 1L : 0L;
    }
    if (value instanceof Double number && number == Math.rint(number) && !number.isInfinite()) {
      return Numeric.integer(Numeric.truncated(number));
    }
    if (value instanceof Tuple tuple) {
      return Tuple.of(tuple.items().stream().map(Equality::canonicalKey).toList());
    }
    return unmarked(value);
  }

  public static boolean contains(Object container, Object item) {
    String text = Str.of(container);
    if (text != null) {
      String part = Str.of(item);
      if (part == null) {
        throw new PythonError("'in <str>' needs a str on its left, found " + Value.typeName(item));
      }
      return text.contains(part);
    }
    if (container instanceof Map<?, ?> map) {
      requireHashable(item);
      return find(map, item) != null;
    }
    if (!Iteration.isIterable(container)) {
      throw new PythonError("cannot look for an item in " + Value.typeName(container));
    }
    for (Object candidate : Iteration.each(container)) {
      if (equal(candidate, item)) {
        return true;
      }
    }
    return false;
  }
}
