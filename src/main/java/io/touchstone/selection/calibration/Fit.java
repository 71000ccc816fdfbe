package io.touchstone.selection.calibration;

import io.touchstone.reward.Calibration;
import io.touchstone.reward.Curve;
import io.touchstone.selection.statistics.Agreement;
import io.touchstone.selection.statistics.Folds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A curve, and how well its labels agree with the human ones.
 *
 * @param counts rows by the label that the curve gives them, from 0
 * @param error root of the mean squared difference between the curve and the labels it was made
 *     from; empty without labels
 * @param heldOut agreement on rows that a curve was not made from, all folds together; empty
 *     without labels
 * @param uncalibrated agreement of the scores when they are clamped and rounded as they are; empty
 *     without labels
 */
public record Fit(
    Curve curve,
    List<Integer> counts,
    OptionalDouble error,
    Optional<Agreed> heldOut,
    Optional<Agreed> uncalibrated) {

  private static final Curve AS_IT_IS =
      new Curve.Knots(List.of(Curve.LOWEST, Curve.HIGHEST), List.of(Curve.LOWEST, Curve.HIGHEST));

  public Fit {
    counts = List.copyOf(counts);
  }

  /**
   * @param kappa with quadratic weights, of rounded labels; empty where it is undefined
   * @param spearman of labels before they are rounded; empty where it is undefined
   * @param meanAbsoluteError of rounded labels
   */
  public record Agreed(OptionalDouble kappa, OptionalDouble spearman, double meanAbsoluteError) {

    static Agreed of(double[] found, double[] human) {
      int[] rounded = Arrays.stream(found).mapToInt(label -> (int) Math.rint(label)).toArray();
      int[] expected = Arrays.stream(human).mapToInt(label -> (int) Math.rint(label)).toArray();
      return new Agreed(
          Agreement.quadraticKappa(rounded, expected),
          Agreement.spearman(found, human),
          Agreement.meanAbsoluteError(Arrays.stream(rounded).asDoubleStream().toArray(), human));
    }
  }

  /**
   * @param folds how many times a part of the rows is held out
   * @param seed of the parting
   */
  public record Settings(Kind kind, int folds, long seed) {}

  /**
   * @param labels one for each score, from 0 to 4; none where the kind needs none
   * @throws IllegalArgumentException if there is no such curve, or too few rows for the folds
   */
  public static Fit of(Settings settings, double[] scores, double[] labels) {
    Curve curve = settings.kind.fit(scores, labels);
    Integer[] counts = new Integer[(int) Curve.HIGHEST + 1];
    Arrays.fill(counts, 0);
    for (double score : scores) {
      counts[Calibration.rounded(curve, score)]++;
    }
    if (!settings.kind.needsLabels()) {
      return new Fit(
          curve, List.of(counts), OptionalDouble.empty(), Optional.empty(), Optional.empty());
    }
    return new Fit(
        curve,
        List.of(counts),
        OptionalDouble.of(Agreement.rootMeanSquareError(labelled(curve, scores), labels)),
        Optional.of(Agreed.of(heldOut(settings, scores, labels), labels)),
        Optional.of(Agreed.of(labelled(AS_IT_IS, scores), labels)));
  }

  private static double[] heldOut(Settings settings, double[] scores, double[] labels) {
    int[] folds = Folds.of(scores.length, settings.folds, settings.seed);
    double[] found = new double[scores.length];
    for (int fold = 0; fold < settings.folds; fold++) {
      Curve curve = settings.kind.fit(others(scores, folds, fold), others(labels, folds, fold));
      for (int i = 0; i < scores.length; i++) {
        if (folds[i] == fold) {
          found[i] = curve.at(scores[i]);
        }
      }
    }
    return found;
  }

  private static double[] others(double[] values, int[] folds, int heldOut) {
    return IntStream.range(0, values.length)
        .filter(i -> folds[i] != heldOut)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  private static double[] labelled(Curve curve, double[] scores) {
    return Arrays.stream(scores).map(curve::at).toArray();
  }
}
