package io.touchstone.selection.statistics;

/** Count, mean, spread and bounds of values that pass by once, however many (Welford, 1962). */
public final class Moments {
  private long count;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  public void add(double value) {
    count++;
    double step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  public long count() {
    return count;
  }

  public double mean() {
    return mean;
  }

  /** Standard deviation of the values at hand (divided by their count). */
  public double deviation() {
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }

  /** Infinite before the first value. */
  public double min() {
    return min;
  }

  /** Infinite before the first value. */
  public double max() {
    return max;
  }
}
