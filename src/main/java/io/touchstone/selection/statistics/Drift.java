package io.touchstone.selection.statistics;

import java.util.Arrays;

/**
 * How far newer values have moved away from older ones.
 *
 * @param psi population stability index over the deciles of the older values, or over the values
 *     themselves where they are few: 0 where both fill them alike
 * @param psiByChance what the index is about where nothing moved, for as many values
 * @param psiBound what chance passes once in a hundred times where nothing moved
 * @param p how often chance makes the index as large
 * @param ks Kolmogorov-Smirnov statistic: the widest gap between the two cumulative shares
 * @param ksByChance the gap that chance passes once in twenty times, for many values
 */
public record Drift(
    double psi, double psiByChance, double psiBound, double p, double ks, double ksByChance) {

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
    StabilityIndex index = StabilityIndex.of(older, newer);
    return new Drift(
        index.value(),
        index.expected(),
        index.bound(),
        index.p(),
        ks(older, newer),
        KS_FIVE_PERCENT * Math.sqrt(each));
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
