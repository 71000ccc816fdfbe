package io.touchstone.selection.statistics;

/** Where a figure lies, with 95 % certainty. */
public record Interval(double low, double high) {

  private static final double TAIL = 0.025;

  /** Beyond it lies that tail of a normal distribution. */
  private static final double NORMAL = 1.959963984540054;

  /** Sums of the same numbers in another order may differ in their last bits. */
  private static final double ROUNDING = 1e-12;

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

  /**
   * That of a share (Wilson, Probable Inference, the Law of Succession, and Statistical Inference,
   * JASA 22, 1927).
   *
   * @param trials that have shown it, at least one
   */
  public static Interval ofShare(double share, double trials) {
    double squared = NORMAL * NORMAL;
    double middle = (share + squared / (2 * trials)) / (1 + squared / trials);
    double half =
        NORMAL
            / (1 + squared / trials)
            * Math.sqrt(share * (1 - share) / trials + squared / (4 * trials * trials));
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /**
   * This interval, or where resampling has always given the same, and says nothing, the one that
   * follows from all tasks having been alike: that any other kind of task is rarer than {@code 1 -
   * 0.025^(1/n)}. Of n right answers among n that is Clopper's and Pearson's (Biometrika 26, 1934).
   *
   * @param tasks n
   * @param lowest what a task may earn at least
   * @param highest what it may earn at most
   */
  public Interval orIfAlike(double value, double tasks, double lowest, double highest) {
    if (high - low > ROUNDING) {
      return this;
    }
    double others = 1 - Math.pow(TAIL, 1 / tasks);
    return new Interval(
        value - others * Math.max(0, value - lowest),
        value + others * Math.max(0, highest - value));
  }
}
