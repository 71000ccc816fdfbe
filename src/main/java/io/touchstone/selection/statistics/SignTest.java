package io.touchstone.selection.statistics;

/**
 * Tells how often chance alone would make so many of some pairs rise, or as few, if each rose or
 * fell by the toss of a coin (the sign test; ties are left out, as Dixon and Mood have it, JASA 41,
 * 1946).
 */
public final class SignTest {
  private SignTest() {}

  /**
   * @return the exact two-sided p value; 1 where there is no pair
   */
  public static double pValue(long rises, long falls) {
    long pairs = rises + falls;
    long fewer = Math.min(rises, falls);
    // Logarithms of binomial coefficients over 2^n, each from the one before.
    double log = -pairs * Math.log(2);
    double tail = 0;
    for (long i = 0; i <= fewer; i++) {
      tail += Math.exp(log);
      log += Math.log(pairs - i) - Math.log(i + 1.0);
    }
    return Math.min(1, 2 * tail);
  }
}
