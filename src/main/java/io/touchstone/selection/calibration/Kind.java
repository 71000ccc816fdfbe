package io.touchstone.selection.calibration;

import io.touchstone.reward.Curve;
import io.touchstone.selection.statistics.Isotonic;
import io.touchstone.selection.statistics.Line;
import io.touchstone.selection.statistics.Quantile;
import java.util.Arrays;
import java.util.List;

/** How a curve comes from scores. */
public enum Kind {
  /** The rising curve that is nearest to the labels. */
  ISOTONIC {
    @Override
    Curve fit(double[] scores, double[] labels) {
      List<Isotonic.Knot> knots = Isotonic.fit(scores, labels);
      return new Curve.Knots(
          knots.stream().map(Isotonic.Knot::x).toList(),
          knots.stream().map(knot -> onScale(knot.y())).toList());
    }
  },
  /** The straight line that is nearest to the labels, clamped to their scale. */
  LINEAR {
    @Override
    Curve fit(double[] scores, double[] labels) {
      Line line = Line.fit(scores, labels);
      if (!(line.slope() > 0)) {
        throw new IllegalArgumentException(
            "linear fit: expected scores that rise with the labels, found a slope of "
                + line.slope());
      }
      return new Curve.Knots(
          List.of(
              (Curve.LOWEST - line.intercept()) / line.slope(),
              (Curve.HIGHEST - line.intercept()) / line.slope()),
          List.of(Curve.LOWEST, Curve.HIGHEST));
    }
  },
  /** Each label for a fifth of the scores; needs no labels. */
  QUANTILE {
    @Override
    Curve fit(double[] scores, double[] labels) {
      return new Curve.Edges(
          Arrays.stream(Quantile.of(scores, 0.2, 0.4, 0.6, 0.8)).boxed().toList());
    }
  };

  /**
   * @param labels one for each score; none where the kind needs none
   * @throws IllegalArgumentException if these scores and labels give no such curve
   */
  abstract Curve fit(double[] scores, double[] labels);

  public boolean needsLabels() {
    return this != QUANTILE;
  }

  /** Means of labels may leave the scale by their last bit. */
  private static double onScale(double label) {
    return Math.min(Curve.HIGHEST, Math.max(Curve.LOWEST, label));
  }
}
