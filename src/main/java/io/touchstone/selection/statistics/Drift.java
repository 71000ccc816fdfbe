package io.touchstone.selection.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far newer values have moved away from older ones.
 *
 * @param psi population stability index over the deciles of the older values: 0 where both fill
 *     them alike
 * @param psiByChance what the index is about where nothing moved, for as many values (bins less
 *     one, times 1/n + 1/m: Yurdakul, Statistical Properties of Population Stability Index, 2018)
 * @param ks Kolmogorov-Smirnov statistic: the widest gap between the two cumulative shares
 * @param ksByChance the gap that chance passes once in twenty times, for many values
 */
public record Drift(double psi, double psiByChance, double ks, double ksByChance) {

  private static final int BINS = 10;

  /** sqrt(-ln(0.05 / 2) / 2). */
  private static final double KS_FIVE_PERCENT = Math.sqrt(-Math.log(0.025) / 2);

  /**
   * @param older left as it is
   * @param newer left as it is
   */
  public static Drift of(double[] older, double[] newer) {
    if (older.length == 0 || newer.length == 0) {
      throw new IllegalArgumentException(
          "drift: expected values on both sides, found " + older.length + " and " + newer.length);
    }
    double each = 1.0 / older.length + 1.0 / newer.length;
    return new Drift(
        psi(older, newer),
        deciles(older).length * each,
        ks(older, newer),
        KS_FIVE_PERCENT * Math.sqrt(each));
  }

  /** Deciles, equal ones but once, so that values of few kinds get a bin for each. */
  private static double[] deciles(double[] older) {
    double[] shares = IntStream.range(1, BINS).mapToDouble(i -> i / (double) BINS).toArray();
    double[] edges = Arrays.stream(Quantile.of(older, shares)).distinct().toArray();
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

  /**
   * A bin in which only one side has values counts as half a value on the other: the index has no
   * meaning for a share of zero.
   */
  private static double psi(double[] older, double[] newer) {
    double[] edges = deciles(older);
    double[] ofOlder = counts(older, edges);
    double[] ofNewer = counts(newer, edges);
    double psi = 0;
    for (int bin = 0; bin < ofOlder.length; bin++) {
      if (ofOlder[bin] + ofNewer[bin] > 0) {
        double before = Math.max(ofOlder[bin], 0.5) / older.length;
        double now = Math.max(ofNewer[bin], 0.5) / newer.length;
        psi += (now - before) * Math.log(now / before);
      }
    }
    return psi;
  }

  private static double ks(double[] a, double[] b) {
    double[] older = a.clone();
    double[] newer = b.clone();
    Arrays.sort(older);
    Arrays.sort(newer);
    double widest = 0;
    int i = 0;
    int j = 0;
    while (i < older.length && j < newer.length) {
      double at = Math.min(older[i], newer[j]);
      while (i < older.length && older[i] <= at) {
        i++;
      }
      while (j < newer.length && newer[j] <= at) {
        j++;
      }
      widest = Math.max(widest, Math.abs((double) i / older.length - (double) j / newer.length));
    }
    return widest;
  }
}
