package io.touchstone.selection.statistics;

import org.apache.commons.math3.stat.StatUtils;

/** A straight line by least squares. */
public record Line(double intercept, double slope) {

  /**
   * @throws IllegalArgumentException if all x are equal
   */
  public static Line fit(double[] x, double[] y) {
    double meanX = StatUtils.sum(x) / x.length;
    double meanY = StatUtils.sum(y) / y.length;
    double both = 0;
    double spread = 0;
    for (int i = 0; i < x.length; i++) {
      both += (x[i] - meanX) * (y[i] - meanY);
      spread += (x[i] - meanX) * (x[i] - meanX);
    }
    if (!(spread > 0)) {
      throw new IllegalArgumentException(
          "linear fit: expected at least two different x, found one");
    }
    double slope = both / spread;
    return new Line(meanY - slope * meanX, slope);
  }
}
