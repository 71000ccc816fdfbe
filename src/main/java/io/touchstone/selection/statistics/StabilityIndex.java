package io.touchstone.selection.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The population stability index, and what chance makes of it where nothing moved.
 *
 * <p>Bins are the deciles of the older values, or one for each value where both sides together have
 * no more than ten. A bin in which only one side has values counts as half a value on the other:
 * the index has no meaning for a share of zero.
 *
 * @param value 0 where both fill the bins alike
 * @param expected what it is about where nothing moved, for as many values: bins that are not
 *     empty, less one, times 1/n + 1/m (Yurdakul, Statistical Properties of Population Stability
 *     Index, 2018)
 * @param bound what chance passes once in a hundred times
 * @param p how often chance makes it as large
 */
record StabilityIndex(double value, double expected, double bound, double p) {

  private static final int DECILES = 10;
  private static final double RARE = 0.01;
  private static final long SEED = 1;

  private static final int MOST_SHUFFLES = 9_999;
  private static final long MOST_STEPS = 8_000_000;

  /** Fewer say nothing about one in a hundred. */
  private static final int LEAST_SHUFFLES = 199;

  /** Sums of the same numbers in another order may differ in their last bits. */
  private static final double ROUNDING = 1e-12;

  /**
   * @param older at least one
   * @param newer at least one
   */
  static StabilityIndex of(double[] older, double[] newer) {
    double[] sorted = older.clone();
    Arrays.sort(sorted);
    double[] all =
        IntStream.range(0, older.length + newer.length)
            .mapToDouble(i -> i < older.length ? older[i] : newer[i - older.length])
            .sorted()
            .toArray();
    double[] kinds = Arrays.stream(all).distinct().limit(DECILES + 1).toArray();
    Edges edges =
        kinds.length <= DECILES
            ? of -> Arrays.copyOf(kinds, kinds.length - 1)
            : StabilityIndex::deciles;
    double[] counts = counts(older, edges.of(sorted));
    double[] others = counts(newer, edges.of(sorted));
    double value = index(counts, others);
    double each = 1.0 / older.length + 1.0 / newer.length;
    int freedom =
        (int) IntStream.range(0, counts.length).filter(i -> counts[i] + others[i] > 0).count() - 1;
    long shuffles = Math.min(MOST_SHUFFLES, MOST_STEPS / all.length);
    if (freedom == 0) {
      return new StabilityIndex(value, 0, 0, 1);
    }
    if (shuffles < LEAST_SHUFFLES) {
      ChiSquaredDistribution chance = new ChiSquaredDistribution(null, freedom);
      return new StabilityIndex(
          value,
          freedom * each,
          chance.inverseCumulativeProbability(1 - RARE) * each,
          1 - chance.cumulativeProbability(value / each));
    }
    double[] shuffled = shuffled(all, older.length, (int) shuffles, edges);
    int rare = (int) (RARE * (shuffles + 1));
    long asLarge = Arrays.stream(shuffled).filter(index -> index >= value - ROUNDING).count();
    return new StabilityIndex(
        value,
        freedom * each,
        shuffled[shuffled.length - rare] + ROUNDING,
        (asLarge + 1.0) / (shuffles + 1));
  }

  /** Upper edges of all bins but the last. */
  @FunctionalInterface
  private interface Edges {
    double[] of(double[] sortedOlder);
  }

  private static double[] deciles(double[] sortedOlder) {
    return edges(
        IntStream.range(1, DECILES)
            .mapToDouble(i -> Quantile.ofSorted(sortedOlder, i / (double) DECILES)));
  }

  /**
   * Upper edges of all bins but the last.
   *
   * @param deciles rising
   */
  static double[] edges(DoubleStream deciles) {
    double[] edges = deciles.distinct().toArray();
    return edges.length > 1 ? edges : new double[] {Math.nextDown(edges[0]), edges[0]};
  }

  private static double[] counts(double[] values, double[] edges) {
    double[] counts = new double[edges.length + 1];
    for (double value : values) {
      int at = Arrays.binarySearch(edges, value);
      counts[at >= 0 ? at : -at - 1]++;
    }
    return counts;
  }

  static double index(double[] older, double[] newer) {
    double before = Arrays.stream(older).sum();
    double now = Arrays.stream(newer).sum();
    double index = 0;
    for (int bin = 0; bin < older.length; bin++) {
      if (older[bin] + newer[bin] > 0) {
        double wasShare = Math.max(older[bin], 0.5) / before;
        double isShare = Math.max(newer[bin], 0.5) / now;
        index += (isShare - wasShare) * Math.log(isShare / wasShare);
      }
    }
    return index;
  }

  /**
   * The indices of values that were dealt out anew, rising.
   *
   * @param all sorted
   * @param older how many of them go to the older side
   */
  private static double[] shuffled(double[] all, int older, int shuffles, Edges edges) {
    SplittableRandom random = new SplittableRandom(SEED);
    boolean[] isOlder = new boolean[all.length];
    double[] before = new double[older];
    double[] now = new double[all.length - older];
    double[] indices = new double[shuffles];
    for (int i = 0; i < shuffles; i++) {
      deal(isOlder, older, random);
      int b = 0;
      int n = 0;
      for (int at = 0; at < all.length; at++) {
        if (isOlder[at]) {
          before[b++] = all[at];
        } else {
          now[n++] = all[at];
        }
      }
      double[] bins = edges.of(before);
      indices[i] = index(counts(before, bins), counts(now, bins));
    }
    Arrays.sort(indices);
    return indices;
  }

  /** Each choice alike (Knuth's selection sampling, algorithm S). */
  private static void deal(boolean[] isChosen, int chosen, SplittableRandom random) {
    int left = chosen;
    for (int i = 0; i < isChosen.length; i++) {
      isChosen[i] = random.nextInt(isChosen.length - i) < left;
      left -= isChosen[i] ? 1 : 0;
    }
  }
}
