package io.touchstone.selection.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.reward.Curve;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FitTest {

  private static Fit.Settings settings(Kind kind) {
    return new Fit.Settings(kind, 5, 1);
  }

  @Test
  void anUnboundedScoreThatFollowsTheLabelsIsMappedOntoThem() {
    long seed = 20_240_726;
    Random random = new Random(seed);
    double[] labels = random.ints(500, 0, 5).asDoubleStream().toArray();
    double[] scores =
        Arrays.stream(labels).map(label -> 3 * label - 9 + random.nextGaussian()).toArray();
    for (Kind kind : List.of(Kind.ISOTONIC, Kind.LINEAR)) {
      Fit fit = Fit.of(settings(kind), scores, labels);

      Fit.Agreed heldOut = fit.heldOut().orElseThrow();
      Fit.Agreed uncalibrated = fit.uncalibrated().orElseThrow();
      assertThat(heldOut.kappa().orElseThrow()).as("%s", kind).isGreaterThan(0.95);
      assertThat(heldOut.spearman().orElseThrow()).isGreaterThan(0.95);
      assertThat(heldOut.meanAbsoluteError()).isLessThan(0.2);
      assertThat(uncalibrated.kappa().orElseThrow()).isLessThan(0.5);
      assertThat(uncalibrated.meanAbsoluteError()).isGreaterThan(1);
      assertThat(fit.counts().stream().mapToInt(Integer::intValue).sum()).isEqualTo(500);
    }
  }

  @Test
  void aLineIsClampedToTheScale() {
    Fit fit =
        Fit.of(
            new Fit.Settings(Kind.LINEAR, 2, 1),
            new double[] {-4, -2, 0, 2, 4},
            new double[] {0, 1, 2, 3, 4});

    assertThat(fit.curve()).isEqualTo(new Curve.Knots(List.of(-4.0, 4.0), List.of(0.0, 4.0)));
    assertThat(fit.error().orElseThrow()).isCloseTo(0, within(1e-12));
    assertThat(fit.curve().at(-9)).isZero();
  }

  @Test
  void aLineThatFallsIsRefused() {
    assertThatThrownBy(
            () ->
                Fit.of(
                    settings(Kind.LINEAR),
                    new double[] {1, 2, 3, 4, 5},
                    new double[] {4, 3, 2, 1, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("linear fit: expected scores that rise with the labels, found a slope of -1.0");
  }

  @Test
  void quantilesNeedNoLabelsAndGiveEachAFifth() {
    double[] scores = new Random(3).doubles(1_000, -20, 5).toArray();

    Fit fit = Fit.of(settings(Kind.QUANTILE), scores, new double[0]);

    assertThat(fit.counts()).containsExactly(200, 200, 200, 200, 200);
    assertThat(fit.heldOut()).isEmpty();
    assertThat(fit.error()).isEmpty();
  }

  @Test
  void fewerRowsThanFoldsAreRefused() {
    assertThatThrownBy(
            () -> Fit.of(settings(Kind.ISOTONIC), new double[] {1, 2}, new double[] {0, 4}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("folds: expected 2 to 2 for as many rows, found 5");
  }
}
