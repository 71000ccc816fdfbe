package io.touchstone.selection.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/** How well two raters of the same things agree. */
public final class Agreement {
  private Agreement() {}

  /**
   * Cohen's kappa with quadratic weights (Cohen, Psychological Bulletin 70, 1968); empty where both
   * gave everything one and the same category, which leaves it undefined.
   *
   * @param a categories from 0
   */
  public static OptionalDouble quadraticKappa(int[] a, int[] b) {
    int categories = 1 + IntStream.concat(Arrays.stream(a), Arrays.stream(b)).max().orElse(0);
    double[] ofA = new double[categories];
    double[] ofB = new double[categories];
    double observed = 0;
    for (int i = 0; i < a.length; i++) {
      ofA[a[i]]++;
      ofB[b[i]]++;
      observed += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    double byChance = 0;
    for (int i = 0; i < categories; i++) {
      for (int j = 0; j < categories; j++) {
        byChance += ofA[i] * ofB[j] * (i - j) * (i - j);
      }
    }
    return byChance == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(1 - observed * a.length / byChance);
  }

  /**
   * Spearman's rank correlation, equal values sharing the mean of their ranks; empty where one side
   * is constant, which leaves it undefined.
   */
  public static OptionalDouble spearman(double[] a, double[] b) {
    return pearson(ranks(a), ranks(b));
  }

  /** Pearson's correlation; empty where one side is constant, which leaves it undefined. */
  public static OptionalDouble pearson(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double both = 0;
    double spreadA = 0;
    double spreadB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - meanA) * (b[i] - meanB);
      spreadA += (a[i] - meanA) * (a[i] - meanA);
      spreadB += (b[i] - meanB) * (b[i] - meanB);
    }
    return spreadA == 0 || spreadB == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(both / Math.sqrt(spreadA * spreadB));
  }

  /** Ranks from 1 for the lowest value; equal ones share the mean. */
  public static double[] ranks(double[] values) {
    // With 0 in place of -0, which would not be its equal.
    return new NaturalRanking(TiesStrategy.AVERAGE)
        .rank(Arrays.stream(values).map(value -> value + 0.0).toArray());
  }

  public static double meanAbsoluteError(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).average().orElse(0);
  }

  public static double rootMeanSquareError(double[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(0, a.length)
            .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
            .average()
            .orElse(0));
  }
}
