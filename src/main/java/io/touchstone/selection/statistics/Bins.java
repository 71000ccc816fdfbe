package io.touchstone.selection.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;

/**
 * Bins of equal width for a picture of values. What lies below the first bin or above the last one
 * counts in these.
 */
public record Bins(double low, double width, int count) {

  private static final int ABOUT = 20;
  private static final int MOST_WHOLE = 30;

  /** A range so many times that of the middle 99 % would leave a picture of one bar. */
  private static final double STRETCHED = 3;

  private static final double TAIL = 0.005;
  private static final MathContext DIGITS = new MathContext(15);

  public Bins {
    if (count < 1 || !(width > 0) || !Double.isFinite(low + count * width)) {
      throw new IllegalArgumentException(
          "bins: expected at least one of a width above 0, found "
              + count
              + " of "
              + width
              + " from "
              + low);
    }
  }

  /**
   * Bins with round edges for all of the values: one for each number where they are whole and few,
   * as labels are.
   */
  public static Bins over(double[]... samples) {
    double[] sorted = Arrays.stream(samples).flatMapToDouble(Arrays::stream).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("bins: expected at least one value, found none");
    }
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    if (high - low < MOST_WHOLE && Arrays.stream(sorted).allMatch(v -> v == Math.rint(v))) {
      return new Bins(low - 0.5, 1, (int) (high - low) + 1);
    }
    double usualLow = Quantile.ofSorted(sorted, TAIL);
    double usualHigh = Quantile.ofSorted(sorted, 1 - TAIL);
    if (usualHigh > usualLow && high - low > STRETCHED * (usualHigh - usualLow)) {
      low = usualLow;
      high = usualHigh;
    }
    if (!(high > low)) {
      double width = Math.max(1, Math.ulp(low) * ABOUT);
      return new Bins(low - width / 2, width, 1);
    }
    double width = round(high / ABOUT - low / ABOUT);
    double first = Math.floor(low / width) * width;
    return new Bins(first, width, Math.max(1, (int) Math.ceil((high - first) / width - 1e-9)));
  }

  /** The next of 1, 2, 2.5 and 5 times a power of ten. */
  private static double round(double width) {
    double power = Math.pow(10, Math.floor(Math.log10(width)));
    for (double step : new double[] {1, 2, 2.5, 5}) {
      if (width <= step * power * (1 + 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }

  public double edge(int i) {
    double edge = low + i * width;
    // Multiples of 0.1 miss round numbers, 0 among them, by a hair.
    return Math.abs(edge) < width * 1e-9 ? 0 : new BigDecimal(edge).round(DIGITS).doubleValue();
  }

  /** The share of the values in each bin. */
  public List<Double> shares(double[] values) {
    long[] counts = new long[count];
    for (double value : values) {
      counts[(int) Math.max(0, Math.min(count - 1, Math.floor((value - low) / width)))]++;
    }
    double all = values.length;
    return Arrays.stream(counts).mapToObj(inBin -> inBin / all).toList();
  }
}
