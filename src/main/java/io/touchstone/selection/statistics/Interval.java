package io.touchstone.selection.statistics;

import java.util.Arrays;

/** Where a figure lies, by 95 % of what it was resampled to. */
public record Interval(double low, double high) {

  private static final double TAIL = 0.025;

  /**
   * The percentile interval (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, section
   * 13.3).
   *
   * @param resampled left as it is
   */
  static Interval of(double[] resampled) {
    double[] sorted = resampled.clone();
    Arrays.sort(sorted);
    return new Interval(Quantile.ofSorted(sorted, TAIL), Quantile.ofSorted(sorted, 1 - TAIL));
  }
}
