package io.touchstone.selection.report;

import java.util.SortedMap;
import java.util.TreeMap;

/** Counts whole numbers while they are few, as labels are. */
final class ValueCounts {

  /** Labels of any scale that people give. */
  private static final int MOST = 30;

  private final SortedMap<Long, Long> counts = new TreeMap<>();
  private boolean few = true;

  void add(double value) {
    if (few) {
      counts.merge((long) value, 1L, Long::sum);
      few = value == Math.rint(value) && counts.size() <= MOST;
    }
  }

  /** By value; empty where a value was no whole number, or where more than 30 are different. */
  SortedMap<Long, Long> counts() {
    return few ? counts : new TreeMap<>();
  }
}
