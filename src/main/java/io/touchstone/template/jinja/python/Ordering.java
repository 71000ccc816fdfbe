package io.touchstone.template.jinja.python;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Python's {@code <} and what follows from it. */
public final class Ordering {
  /** For sorting; raises where Python cannot compare. */
  public static final Comparator<Object> ASCENDING =
      (left, right) -> isLess(left, right) ? -1 : isLess(right, left) ? 1 : 0;

  private Ordering() {}

  public static boolean isLess(Object left, Object right) {
    if (Numeric.is(left) && Numeric.is(right)) {
      return Numeric.isLess(left, right);
    }
    String a = Str.of(left);
    String b = Str.of(right);
    if (a != null && b != null) {
      return compareTexts(a, b) < 0;
    }
    if (left instanceof List<?> x && right instanceof List<?> y) {
      return isLessByItems(x, y);
    }
    if (left instanceof Tuple x && right instanceof Tuple y) {
      return isLessByItems(x.items(), y.items());
    }
    throw incomparable(left, right);
  }

  static boolean isLessOrEqual(Object left, Object right) {
    boolean ordered = Numeric.isNumber(left) && Numeric.isNumber(right);
    if (!ordered && !(Numeric.is(left) && Numeric.is(right))) {
      throw incomparable(left, right);
    }
    return ordered && !isLess(right, left);
  }

  private static PythonError incomparable(Object left, Object right) {
    return new PythonError(
        "cannot order %s and %s".formatted(Value.typeName(left), Value.typeName(right)));
  }

  private static boolean isLessByItems(List<?> left, List<?> right) {
    int shared = Math.min(left.size(), right.size());
    for (int i = 0; i < shared; i++) {
      if (!Equality.equal(left.get(i), right.get(i))) {
        return isLess(left.get(i), right.get(i));
      }
    }
    return left.size() < right.size();
  }

  /** By code point, where Java compares UTF-16 units. */
  static int compareTexts(String left, String right) {
    int shared = Math.min(left.length(), right.length());
    for (int i = 0; i < shared; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
        return sameKind ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Sorts stably, as Python does. */
  public static <T> List<T> sorted(Collection<? extends T> items, Comparator<? super T> order) {
    List<T> sorted = new ArrayList<>(items);
    try {
      sorted.sort(order);
    } catch (IllegalArgumentException e) {
      throw new PythonError("cannot sort values without a consistent order");
    }
    return sorted;
  }
}
