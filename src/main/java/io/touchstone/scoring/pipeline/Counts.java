package io.touchstone.scoring.pipeline;

import java.util.SortedMap;
import java.util.TreeMap;

/** How many there are of each kind. */
final class Counts {

  private Counts() {}

  static SortedMap<String, Long> sum(SortedMap<String, Long> one, SortedMap<String, Long> other) {
    SortedMap<String, Long> sum = new TreeMap<>(one);
    other.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    return sum;
  }
}
