package io.touchstone.selection.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Tells how often chance alone would part two systems as far as they are apart: swaps what the two
 * made of each unit by the toss of a coin and computes the differences anew (approximate
 * randomization; Noreen, Computer-Intensive Methods for Testing Hypotheses, 1989, section 2.2).
 *
 * <p>Where a figure is a share of correct answers this is McNemar's exact test, sampled.
 */
public final class SwapTest {

  public static final int SHUFFLES = 10_000;

  /** Sums of the same numbers in another order may differ in their last bits. */
  private static final double ROUNDING = 1e-12;

  private SwapTest() {}

  /**
   * @param units how many there are
   * @param differences from which units are swapped to as many differences each time; asked first
   *     with none swapped
   * @return for each difference the two-sided p value, at least 1 / (shuffles + 1)
   */
  public static double[] pValues(int units, Function<boolean[], double[]> differences, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] swapped = new boolean[units];
    double[] observed = differences.apply(swapped);
    long[] asFar = new long[observed.length];
    for (int i = 0; i < SHUFFLES; i++) {
      for (int unit = 0; unit < units; unit++) {
        swapped[unit] = random.nextBoolean();
      }
      double[] shuffled = differences.apply(swapped);
      for (int figure = 0; figure < observed.length; figure++) {
        if (Math.abs(shuffled[figure]) >= Math.abs(observed[figure]) - ROUNDING) {
          asFar[figure]++;
        }
      }
    }
    return Arrays.stream(asFar).mapToDouble(far -> (far + 1.0) / (SHUFFLES + 1.0)).toArray();
  }
}
