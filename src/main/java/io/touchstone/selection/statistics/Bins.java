package io.touchstone.selection.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bins of equal width for a picture of values. As with numpy's histogram a value on an edge counts
 * in the bin that begins there, and one on the last edge in the last bin. What lies below the first
 * bin or above the last one counts in these.
 *
 * @param edges rising, one more than there are bins
 */
public record Bins(List<Double> edges) {

  private static final int ABOUT = 20;

  /** Doubles that lie closer together leave no room for edges between them. */
  private static final int FINEST = 1_000;

  private static final int MOST_WHOLE = 30;

  /** A range so many times that of the middle 99 % would leave a picture of one bar. */
  private static final double STRETCHED = 3;

  private static final double TAIL = 0.005;
  private static final MathContext DIGITS = new MathContext(15);

  public Bins {
    edges = List.copyOf(edges);
    if (edges.size() < 2) {
      throw new IllegalArgumentException("bins: expected two edges or more, found " + edges.size());
    }
    for (int i = 1; i < edges.size(); i++) {
      if (!(edges.get(i) > edges.get(i - 1)) || !Double.isFinite(edges.get(i))) {
        throw new IllegalArgumentException(
            "bins: expected edges that rise, found " + edges.get(i - 1) + " and " + edges.get(i));
      }
    }
  }

  private static Bins of(double low, double width, int count) {
    return new Bins(
        IntStream.rangeClosed(0, count).mapToObj(i -> edge(low + i * width, width)).toList());
  }

  /** Multiples of 0.1 miss round numbers, 0 among them, by a hair. */
  private static double edge(double edge, double width) {
    double rounded =
        Math.abs(edge) < width * 1e-9 ? 0 : new BigDecimal(edge).round(DIGITS).doubleValue();
    return Math.abs(rounded - edge) < width * 1e-6 ? rounded : edge;
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
    double finest = FINEST * Math.ulp(Math.max(Math.abs(low), Math.abs(high)));
    if (finest < 1
        && high - low < MOST_WHOLE
        && Arrays.stream(sorted).allMatch(v -> v == Math.rint(v))) {
      return of(low - 0.5, 1, (int) (high - low) + 1);
    }
    double usualLow = Quantile.ofSorted(sorted, TAIL);
    double usualHigh = Quantile.ofSorted(sorted, 1 - TAIL);
    if (usualHigh > usualLow && high - low > STRETCHED * (usualHigh - usualLow)) {
      low = usualLow;
      high = usualHigh;
    }
    if (!(high - low > finest)) {
      double width = Math.max(1, 2 * finest);
      return of(low - width / 2, width, 1);
    }
    double width = round(high / ABOUT - low / ABOUT);
    double first = Math.floor(low / width) * width;
    // One on an edge begins a bin of its own: in the one before it would look like twice as many.
    return of(first, width, (int) Math.floor((high - first) / width + 1e-9) + 1);
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

  /** The share of the values in each bin. */
  public List<Double> shares(double[] values) {
    double[] inner =
        edges.subList(1, edges.size() - 1).stream().mapToDouble(edge -> edge).toArray();
    long[] counts = new long[edges.size() - 1];
    for (double value : values) {
      int at = Arrays.binarySearch(inner, value);
      counts[at >= 0 ? at + 1 : -at - 1]++;
    }
    double all = values.length;
    return Arrays.stream(counts).mapToObj(inBin -> inBin / all).toList();
  }
}
