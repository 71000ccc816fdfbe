package io.touchstone.selection.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Cuts groups of rows into folds of nearly equally many groups, the same for the same seed: rows of
 * a group are never parted.
 */
public final class Folds {
  private Folds() {}

  /**
   * @param groups the number of each row's group, from 0, without gaps
   * @return for each row the number of its fold, from 0
   */
  public static int[] of(int[] groups, int folds, long seed) {
    int count = 1 + Arrays.stream(groups).max().orElse(-1);
    if (count < 2) {
      throw new IllegalArgumentException(
          "folds: expected rows of at least two prompts, found " + count);
    }
    if (folds < 2 || folds > count) {
      throw new IllegalArgumentException(
          "folds: expected 2 to " + count + " for as many prompts, found " + folds);
    }
    int[] ofGroup = shuffled(count, folds, seed);
    return Arrays.stream(groups).map(group -> ofGroup[group]).toArray();
  }

  private static int[] shuffled(int groups, int folds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] of = new int[groups];
    Arrays.setAll(of, i -> i % folds);
    for (int i = groups - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = of[i];
      of[i] = of[other];
      of[other] = swapped;
    }
    return of;
  }
}
