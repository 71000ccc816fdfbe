package io.touchstone.selection.statistics;

import java.util.Arrays;

/** Quantiles with linear interpolation (Hyndman and Fan's type 7, as numpy's default). */
public final class Quantile {
  private Quantile() {}

  /**
   * @param shares each from 0 to 1
   */
  public static double[] of(double[] values, double... shares) {
    if (values.length == 0) {
      throw new IllegalArgumentException("quantiles: expected at least one value, found none");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Arrays.stream(shares).map(share -> ofSorted(sorted, share)).toArray();
  }

  static double ofSorted(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
