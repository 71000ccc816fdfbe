package io.touchstone.selection.statistics;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The population stability index of values that are gone, from what was kept of them.
 *
 * @param value 0 where both sides fill the bins alike
 * @param bound what chance passes about once in a hundred times where nothing moved, for many
 *     values
 */
public record ProfileIndex(double value, double bound) {

  private static final double COMMON = 0.99;

  /** Steps between two percentiles that are kept. */
  private static final int STEPS = 100;

  private static final int DECILE = STEPS / 10;

  /**
   * Compares over the deciles of the older values. Between two percentiles values are taken to lie
   * evenly: of many scores the index differs from that of the scores themselves by some
   * thousandths, and by more where wide gaps leave bins empty, which make it larger there.
   *
   * @param older 101 values, from the lowest to the highest
   * @param newer the same of the newer values
   * @param olderCount how many values they were
   * @param newerCount how many values they were
   */
  public static ProfileIndex ofPercentiles(
      List<Double> older, long olderCount, List<Double> newer, long newerCount) {
    double[] edges =
        StabilityIndex.edges(
            IntStream.range(1, 10).mapToDouble(decile -> older.get(decile * DECILE)));
    return of(counts(older, edges, olderCount), counts(newer, edges, newerCount));
  }

  /** Compares over the values themselves, each with how often it comes. */
  public static ProfileIndex ofCounts(SortedMap<Long, Long> older, SortedMap<Long, Long> newer) {
    TreeSet<Long> values = new TreeSet<>(older.keySet());
    values.addAll(newer.keySet());
    return of(
        values.stream().mapToDouble(value -> older.getOrDefault(value, 0L)).toArray(),
        values.stream().mapToDouble(value -> newer.getOrDefault(value, 0L)).toArray());
  }

  private static ProfileIndex of(double[] older, double[] newer) {
    int freedom =
        (int) IntStream.range(0, older.length).filter(i -> older[i] + newer[i] > 0).count() - 1;
    double each = 1 / sum(older) + 1 / sum(newer);
    return new ProfileIndex(
        StabilityIndex.index(older, newer),
        freedom == 0
            ? 0
            : each
                * new ChiSquaredDistribution(null, freedom).inverseCumulativeProbability(COMMON));
  }

  private static double sum(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
  }

  private static double[] counts(List<Double> percentiles, double[] edges, long count) {
    double[] counts = new double[edges.length + 1];
    double below = 0;
    for (int bin = 0; bin < edges.length; bin++) {
      double share = shareUpTo(percentiles, edges[bin]);
      counts[bin] = (share - below) * count;
      below = share;
    }
    counts[edges.length] = (1 - below) * count;
    return counts;
  }

  private static double shareUpTo(List<Double> percentiles, double edge) {
    int last = STEPS;
    while (last >= 0 && percentiles.get(last) > edge) {
      last--;
    }
    if (last < 0 || last == STEPS) {
      return last < 0 ? 0 : 1;
    }
    double from = percentiles.get(last);
    return (last + (edge - from) / (percentiles.get(last + 1) - from)) / STEPS;
  }
}
