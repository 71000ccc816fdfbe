package io.touchstone.jobs.calibrate;

import io.touchstone.reward.Curve;
import io.touchstone.selection.calibration.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A calibration file.
 *
 * @param kind {@code isotonic}, {@code linear} or {@code quantile}
 */
record CalibrationRecord(
    String kind, Model model, Data data, SortedMap<String, Attribute> attributes, String program) {

  record Model(String fingerprint) {}

  /**
   * @param labelRange lowest and highest of the human labels' scale, which is that of 0 to 4 here
   * @param rows that the fit is made from
   */
  record Data(
      List<String> inputs,
      String score,
      String label,
      List<Double> labelRange,
      long rows,
      long rejected,
      int folds,
      long seed) {}

  /**
   * @param knots of isotonic and linear calibrations
   * @param edges of quantile calibrations: a label more from each score on
   * @param counts rows by the label that they get, from 0
   * @param fitError root of the mean squared difference to the human labels, before rounding
   */
  record Attribute(
      @Nullable List<Knot> knots,
      @Nullable List<Double> edges,
      List<Integer> counts,
      @Nullable Double fitError,
      @Nullable Agreed heldOut,
      @Nullable Agreed uncalibrated) {

    static Attribute of(Fit fit) {
      return new Attribute(
          fit.curve() instanceof Curve.Knots knots ? knotsOf(knots) : null,
          fit.curve() instanceof Curve.Edges edges ? edges.scores() : null,
          fit.counts(),
          orNull(fit.error()),
          Agreed.of(fit.heldOut()),
          Agreed.of(fit.uncalibrated()));
    }

    private static List<Knot> knotsOf(Curve.Knots curve) {
      List<Knot> knots = new ArrayList<>();
      for (int i = 0; i < curve.scores().size(); i++) {
        knots.add(new Knot(curve.scores().get(i), curve.labels().get(i)));
      }
      return knots;
    }

    /**
     * @throws IllegalArgumentException if neither knots nor edges make a curve
     */
    Curve curve() {
      if (knots != null) {
        return new Curve.Knots(
            knots.stream().map(Knot::score).toList(), knots.stream().map(Knot::label).toList());
      }
      if (edges != null) {
        return new Curve.Edges(edges);
      }
      throw new IllegalArgumentException("expected knots or edges, found neither");
    }
  }

  record Knot(double score, double label) {}

  /** Null where a figure is undefined. */
  record Agreed(@Nullable Double kappa, @Nullable Double spearman, double meanAbsoluteError) {

    static @Nullable Agreed of(Optional<Fit.Agreed> found) {
      return found
          .map(
              agreed ->
                  new Agreed(
                      orNull(agreed.kappa()),
                      orNull(agreed.spearman()),
                      agreed.meanAbsoluteError()))
          .orElse(null);
    }
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
