package io.touchstone.selection.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Resamples units with replacement, each stratum by itself and to its own size, and computes
 * figures anew from each resample (stratified bootstrap; Efron and Tibshirani, An Introduction to
 * the Bootstrap, 1993, chapter 8).
 *
 * <p>The same seed and data give the same intervals everywhere.
 */
public final class Bootstrap {

  public static final int RESAMPLES = 2_000;

  private Bootstrap() {}

  /**
   * @param figures from strata of the given sizes, whose units it finds by their places, to as many
   *     figures each time
   * @return an interval for each figure
   */
  public static List<Interval> intervals(
      int[] strata, Function<int[][], double[]> figures, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] resampled = new double[RESAMPLES][];
    for (int i = 0; i < RESAMPLES; i++) {
      resampled[i] = figures.apply(drawn(strata, random));
    }
    List<Interval> intervals = new ArrayList<>();
    for (int figure = 0; figure < resampled[0].length; figure++) {
      int at = figure;
      intervals.add(
          Interval.of(Arrays.stream(resampled).mapToDouble(figuresOf -> figuresOf[at]).toArray()));
    }
    return intervals;
  }

  private static int[][] drawn(int[] strata, SplittableRandom random) {
    int[][] drawn = new int[strata.length][];
    for (int stratum = 0; stratum < strata.length; stratum++) {
      int size = strata[stratum];
      drawn[stratum] = new int[size];
      Arrays.setAll(drawn[stratum], i -> random.nextInt(size));
    }
    return drawn;
  }
}
