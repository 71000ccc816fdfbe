package io.touchstone.selection.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.reward.Curve;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FitTest {

  private static Fit.Settings settings(Kind kind) {
    return new Fit.Settings(kind, 5, 1);
  }

  /** Each of another prompt. */
  private static Fit.Rows rows(double[] scores, double... labels) {
    return new Fit.Rows(scores, labels, IntStream.range(0, scores.length).toArray());
  }

  @Test
  void equalRowsOfAPromptAreNeverOnBothSidesOfAFold() {
    long seed = 15;
    Random random = new Random(seed);
    int[] prompts = IntStream.range(0, 300).map(i -> i / 10).toArray();
    double[] scoreOf = random.doubles(30, 0, 4).toArray();
    double[] labelOf = random.ints(30, 0, 5).asDoubleStream().toArray();
    double[] scores = Arrays.stream(prompts).mapToDouble(prompt -> scoreOf[prompt]).toArray();
    double[] labels = Arrays.stream(prompts).mapToDouble(prompt -> labelOf[prompt]).toArray();
    Fit.Agreed byPrompt =
        Fit.of(settings(Kind.ISOTONIC), new Fit.Rows(scores, labels, prompts))
            .heldOut()
            .orElseThrow();
    Fit.Agreed byRow =
        Fit.of(settings(Kind.ISOTONIC), rows(scores, labels)).heldOut().orElseThrow();
    // Labels that say nothing of scores: whoever has seen the same row knows its label.
    assertThat(byPrompt.kappa().orElseThrow()).isLessThan(0.25);
    assertThat(byRow.kappa().orElseThrow()).isGreaterThan(byPrompt.kappa().orElseThrow() + 0.2);
  }

  @Test
  void ordersAreComparedWithinFolds() {
    double[] equal = new double[20];
    Arrays.fill(equal, 1.5);
    double[] labels = IntStream.range(0, 20).mapToDouble(i -> i % 5).toArray();
    Fit.Agreed agreed =
        Fit.of(settings(Kind.ISOTONIC), rows(equal, labels)).heldOut().orElseThrow();
    assertThat(agreed.spearman()).isEmpty();

    double[] found = {1, 2, 3, 9, 9, 9, 4, 3};
    double[] human = {1, 2, 3, 0, 1, 2, 3, 4};
    // 1 in the first fold, undefined in the second, -1 in the third.
    assertThat(
            Fit.Agreed.of(found, human, new int[] {0, 0, 0, 1, 1, 1, 2, 2})
                .spearman()
                .orElseThrow())
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void oneRowIsNoCurve() {
    for (Kind kind : Kind.values()) {
      assertThatThrownBy(() -> Fit.of(settings(kind), rows(new double[] {1}, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected at least two rows to make a curve from, found 1");
    }
  }

  @Test
  void anUnboundedScoreThatFollowsTheLabelsIsMappedOntoThem() {
    long seed = 20_240_726;
    Random random = new Random(seed);
    double[] labels = random.ints(500, 0, 5).asDoubleStream().toArray();
    double[] scores =
        Arrays.stream(labels).map(label -> 3 * label - 9 + random.nextGaussian()).toArray();
    for (Kind kind : List.of(Kind.ISOTONIC, Kind.LINEAR)) {
      Fit fit = Fit.of(settings(kind), rows(scores, labels));

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
            rows(new double[] {-4, -2, 0, 2, 4}, 0, 1, 2, 3, 4));

    assertThat(fit.curve()).isEqualTo(new Curve.Knots(List.of(-4.0, 4.0), List.of(0.0, 4.0)));
    assertThat(fit.error().orElseThrow()).isCloseTo(0, within(1e-12));
    assertThat(fit.curve().at(-9)).isZero();
  }

  @Test
  void aLineThatFallsIsRefused() {
    assertThatThrownBy(
            () -> Fit.of(settings(Kind.LINEAR), rows(new double[] {1, 2, 3, 4, 5}, 4, 3, 2, 1, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("linear fit: expected scores that rise with the labels, found a slope of -1.0");
  }

  @Test
  void quantilesNeedNoLabelsAndGiveEachAFifth() {
    double[] scores = new Random(3).doubles(1_000, -20, 5).toArray();

    Fit fit = Fit.of(settings(Kind.QUANTILE), rows(scores));

    assertThat(fit.counts()).containsExactly(200, 200, 200, 200, 200);
    assertThat(fit.heldOut()).isEmpty();
    assertThat(fit.error()).isEmpty();
  }

  @Test
  void fewerRowsThanFoldsAreRefused() {
    assertThatThrownBy(() -> Fit.of(settings(Kind.ISOTONIC), rows(new double[] {1, 2}, 0, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("folds: expected 2 to 2 for as many prompts, found 5");
  }
}
