package io.touchstone.selection.calibration;

import io.touchstone.reward.Calibration;
import io.touchstone.reward.Curve;
import io.touchstone.selection.statistics.Agreement;
import io.touchstone.selection.statistics.Folds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A curve, and how well its labels agree with the human ones.
 *
 * @param counts rows by the label that the curve gives them, from 0
 * @param error root of the mean squared difference between the curve and the labels it was made
 *     from; empty without labels
 * @param heldOut agreement on rows that a curve was not made from, each fold of rows in its turn;
 *     empty without labels
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
   * @param spearman of labels before they are rounded, the mean of the folds in which it is
   *     defined: labels of several curves cannot be put in one order; empty where there is none
   * @param meanAbsoluteError of rounded labels
   */
  public record Agreed(OptionalDouble kappa, OptionalDouble spearman, double meanAbsoluteError) {

    /**
     * @param folds the number of each row's fold, from 0
     */
    static Agreed of(double[] found, double[] human, int[] folds) {
      int[] rounded = Arrays.stream(found).mapToInt(label -> (int) Math.rint(label)).toArray();
      int[] expected = Arrays.stream(human).mapToInt(label -> (int) Math.rint(label)).toArray();
      return new Agreed(
          Agreement.quadraticKappa(rounded, expected),
          IntStream.rangeClosed(0, Arrays.stream(folds).max().orElse(0))
              .mapToObj(
                  fold ->
                      Agreement.spearman(
                          chosen(found, i -> folds[i] == fold),
                          chosen(human, i -> folds[i] == fold)))
              .flatMapToDouble(OptionalDouble::stream)
              .average(),
          Agreement.meanAbsoluteError(Arrays.stream(rounded).asDoubleStream().toArray(), human));
    }
  }

  /**
   * Rows with scores.
   *
   * @param labels one for each score, from 0 to 4; none where the kind needs none
   * @param prompts the number of each row's prompt, from 0, without gaps
   */
  public record Rows(double[] scores, double[] labels, int[] prompts) {}

  /**
   * @param folds how many times a part of the rows is held out
   * @param seed of the parting
   */
  public record Settings(Kind kind, int folds, long seed) {}

  /**
   * @throws IllegalArgumentException if there is no such curve, or too few prompts for the folds
   */
  public static Fit of(Settings settings, Rows rows) {
    if (rows.scores.length < 2) {
      throw new IllegalArgumentException(
          "expected at least two rows to make a curve from, found " + rows.scores.length);
    }
    Curve curve = settings.kind.fit(rows.scores, rows.labels);
    Integer[] counts = new Integer[(int) Curve.HIGHEST + 1];
    Arrays.fill(counts, 0);
    for (double score : rows.scores) {
      counts[Calibration.rounded(curve, score)]++;
    }
    if (!settings.kind.needsLabels()) {
      return new Fit(
          curve, List.of(counts), OptionalDouble.empty(), Optional.empty(), Optional.empty());
    }
    int[] folds = Folds.of(rows.prompts, settings.folds, settings.seed);
    int[] one = new int[folds.length];
    return new Fit(
        curve,
        List.of(counts),
        OptionalDouble.of(Agreement.rootMeanSquareError(labelled(curve, rows.scores), rows.labels)),
        Optional.of(Agreed.of(heldOut(settings, rows, folds), rows.labels, folds)),
        Optional.of(Agreed.of(labelled(AS_IT_IS, rows.scores), rows.labels, one)));
  }

  private static double[] heldOut(Settings settings, Rows rows, int[] folds) {
    double[] found = new double[rows.scores.length];
    for (int fold = 0; fold < settings.folds; fold++) {
      int held = fold;
      Curve curve =
          settings.kind.fit(
              chosen(rows.scores, i -> folds[i] != held),
              chosen(rows.labels, i -> folds[i] != held));
      for (int i = 0; i < found.length; i++) {
        if (folds[i] == fold) {
          found[i] = curve.at(rows.scores[i]);
        }
      }
    }
    return found;
  }

  private static double[] chosen(double[] values, IntPredicate rows) {
    return IntStream.range(0, values.length).filter(rows).mapToDouble(i -> values[i]).toArray();
  }

  private static double[] labelled(Curve curve, double[] scores) {
    return Arrays.stream(scores).map(curve::at).toArray();
  }
}
