package io.touchstone.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CurveTest {

  /** Knots and values of scikit-learn 1.9.1's IsotonicRegression(out_of_bounds="clip"). */
  @Test
  void isStraightBetweenKnotsAndLevelBeyondThem() {
    Curve curve =
        new Curve.Knots(
            List.of(-3.5, -1.25, 0.0, 0.75, 2.0, 3.25, 4.5, 6.0, 7.5),
            List.of(0.0, 0.5, 4 / 3.0, 4 / 3.0, 7 / 3.0, 7 / 3.0, 3.5, 3.5, 4.0));

    double[] scores = {-10, -2.5, -0.5, 0.6, 1.5, 2.5, 5.25, 9};
    double[] labels = {0, 0.2222222222222222, 1, 4 / 3.0, 1.9333333333333333, 7 / 3.0, 3.5, 4};
    for (int i = 0; i < scores.length; i++) {
      assertThat(curve.at(scores[i])).as("%s", scores[i]).isCloseTo(labels[i], within(1e-12));
    }
  }

  @Test
  void edgesGiveALabelMoreFromEachOn() {
    Curve curve = new Curve.Edges(List.of(-1.0, 0.0, 0.0, 2.0));

    assertThat(curve.at(-1.5)).isZero();
    assertThat(curve.at(-1)).isEqualTo(1);
    assertThat(curve.at(0)).isEqualTo(3);
    assertThat(curve.at(2)).isEqualTo(4);
  }

  @Test
  void refusesCurvesThatFallOrLeaveTheScale() {
    assertThatThrownBy(() -> new Curve.Knots(List.of(1.0, 2.0), List.of(3.0, 2.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "knots: expected rising scores and labels that never fall, found another at knot 2");
    assertThatThrownBy(() -> new Curve.Knots(List.of(1.0), List.of(4.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("knots: expected finite scores and labels from 0 to 4, found 1.0 and 4.5");
    assertThatThrownBy(() -> new Curve.Edges(List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("edges: expected 4 scores, found 1");
  }

  @Test
  void rewardsAreWrittenByTheirAttributesCurves() {
    TreeMap<String, Curve> curves = new TreeMap<>();
    curves.put("a", new Curve.Knots(List.of(-8.0, 0.0), List.of(0.0, 4.0)));
    curves.put("b", new Curve.Edges(List.of(1.0, 2.0, 3.0, 4.0)));
    RewardText text =
        new RewardText(
            new Attributes(List.of("a", "b")),
            LabelStyle.ROUNDED,
            new Calibration("x", curves),
            null);
    Reward reward = new Reward(new float[] {-5, 2.5f});

    // -5 lies at 1.5, which is rounded to the even 2.
    assertThat(text.label(reward)).isEqualTo("\"a:2,b:2\"");
    assertThat(text.json(reward)).isEqualTo("{\"a\": 2, \"b\": 2}");
    assertThat(text.clamped(reward)).isZero();
    assertThatThrownBy(() -> text.json(new Reward(new float[] {Float.NaN, 1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reward: expected a finite number, found NaN");
  }

  @Test
  void aCalibrationWithoutACurveForAnAttributeIsRefused() {
    assertThatThrownBy(
            () ->
                new RewardText(
                    new Attributes(List.of("a")),
                    LabelStyle.ROUNDED,
                    new Calibration("x", new TreeMap<>()),
                    null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calibration: expected curves for [a], found none for [a]");
  }
}
