package io.touchstone.selection.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Cuts rows into folds of nearly equal size, the same for the same seed. */
public final class Folds {
  private Folds() {}

  /**
   * @return for each row the number of its fold, from 0
   */
  public static int[] of(int rows, int folds, long seed) {
    if (folds < 2 || folds > rows) {
      throw new IllegalArgumentException(
          "folds: expected 2 to " + rows + " for as many rows, found " + folds);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] of = new int[rows];
    Arrays.setAll(of, i -> i % folds);
    for (int i = rows - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = of[i];
      of[i] = of[other];
      of[other] = swapped;
    }
    return of;
  }
}
