package io.touchstone.selection.statistics;

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
    double[] ends = Quantile.of(resampled, TAIL, 1 - TAIL);
    return new Interval(ends[0], ends[1]);
  }
}
