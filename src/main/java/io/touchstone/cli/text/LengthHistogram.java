package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long prompts are.
 *
 * @param counts of prompts, by tokens
 */
record LengthHistogram(SortedMap<Integer, Double> counts) {
  private static final int FIRST_EDGE = 32;
  private static final int BAR_WIDTH = 40;

  /** The least length that a share of the prompts does not exceed; 0 if there are none. */
  int quantile(double share) {
    double all = counts.values().stream().mapToDouble(Double::doubleValue).sum();
    double below = 0;
    for (SortedMap.Entry<Integer, Double> each : counts.entrySet()) {
      below += each.getValue();
      if (below >= share * all) {
        return each.getKey();
      }
    }
    return 0;
  }

  /** One line for each doubling, without those before the first prompt. */
  List<String> bars() {
    TreeMap<Integer, Double> bars = new TreeMap<>();
    counts.forEach((length, count) -> bars.merge(edge(length), count, Double::sum));
    double most = bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    List<String> lines = new ArrayList<>();
    if (bars.isEmpty()) {
      return lines;
    }
    for (int edge = bars.firstKey(); edge <= bars.lastKey() && edge > 0; edge *= 2) {
      double count = bars.getOrDefault(edge, 0.0);
      lines.add(
          Text.of(
              "    %,10d |%-" + BAR_WIDTH + "s %,.0f",
              edge,
              "#".repeat((int) Math.ceil(BAR_WIDTH * count / most)),
              count));
    }
    return lines;
  }

  private static int edge(int length) {
    int edge = FIRST_EDGE;
    while (edge < length) {
      edge *= 2;
    }
    return edge;
  }
}
