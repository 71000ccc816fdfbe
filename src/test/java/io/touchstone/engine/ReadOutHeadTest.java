package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.checkpoint.config.Normalization;
import io.touchstone.checkpoint.config.Norms;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ReadOutHeadTest {
  private static final double[] NO_BIAS = {};

  @Test
  void normsTheStateThenTakesEachRowsProduct() {
    ReadOutHead head =
        ReadOutHead.overStates(
            new float[] {1, 2},
            Norms.before(Norms.Kind.RMS, 0),
            new double[][] {{3, 0}, {1, 1}},
            NO_BIAS,
            parts(AnswerScale.DIFFERENCE, Optional.empty()));
    // mean of squares (9 + 16) / 2; normed (3, 4) / sqrt(12.5), times the norm's weights (1, 2).
    float[] values = head.read(new float[] {9, 9, 3, 4}, 2);
    assertThat(values[0]).isCloseTo((float) (9 / Math.sqrt(12.5)), within(1e-6f));
    assertThat(values[1]).isCloseTo((float) (11 / Math.sqrt(12.5)), within(1e-6f));
    assertThat(head.outputs()).isEqualTo(2);
  }

  @Test
  void addsEpsilonUnderTheRoot() {
    ReadOutHead head =
        ReadOutHead.overStates(
            new float[] {1},
            Norms.before(Norms.Kind.RMS, 1e-5),
            new double[][] {{1}},
            NO_BIAS,
            parts(AnswerScale.DIFFERENCE, Optional.empty()));
    assertThat(head.read(new float[] {0}, 0)[0]).isEqualTo(0f);
    assertThat(head.read(new float[] {1e-3f}, 0)[0])
        .isCloseTo((float) (1e-3 / Math.sqrt(1e-6 + 1e-5)), within(1e-6f));
  }

  @Test
  void aLayerNormTakesTheMeanOffAndItsBiasesThroughTheRows() {
    ReadOutHead head =
        ReadOutHead.overStates(
            new float[] {1, 2, 0.5f, -1},
            Norms.before(Norms.Kind.LAYER, 0),
            new double[][] {{3, 1}},
            new double[] {0.25},
            parts(AnswerScale.DIFFERENCE, Optional.empty()));
    // mean 5, deviations (-2, 2) of variance 4: normed (-1, 1), weighed (-1, 2), with biases
    // (-0.5, 1).
    assertThat(head.read(new float[] {3, 7}, 0)).containsExactly(3 * -0.5f + 1 + 0.25f);
  }

  @Test
  void addsTheBiasAndThenTakesTheMeanOffAndDivides() {
    ReadOutHead head =
        ReadOutHead.overInner(
            new double[][] {{2, 1}},
            new double[] {0.5},
            parts(AnswerScale.DIFFERENCE, Optional.of(new Normalization(-1.5, 4))));
    assertThat(head.width()).isEqualTo(2);
    assertThat(head.read(new float[] {7, 1, 3}, 1)).containsExactly((2 + 3 + 0.5f + 1.5f) / 4);
  }

  @Test
  void givesAValueOrItsLogistic() {
    float[] states = {3, 4};
    double[][] row = {{2, 1}};
    double value = (2 * 3 + 2 * 1 * 4) / Math.sqrt(12.5);
    assertThat(rooted(row, AnswerScale.DIFFERENCE).read(states, 0)).containsExactly((float) value);
    assertThat(rooted(row, AnswerScale.PROBABILITY).read(states, 0))
        .containsExactly((float) (1 / (1 + Math.exp(-value))));
    assertThat(rooted(new double[][] {{-1001, 0}}, AnswerScale.PROBABILITY).read(states, 0))
        .as("no overflow")
        .containsExactly(0f);
  }

  private static ReadOutHead rooted(double[][] rows, AnswerScale scale) {
    return ReadOutHead.overStates(
        new float[] {1, 2},
        Norms.before(Norms.Kind.RMS, 0),
        rows,
        NO_BIAS,
        parts(scale, Optional.empty()));
  }

  private static HeadParts parts(AnswerScale scale, Optional<Normalization> normalization) {
    return new HeadParts(
        List.of(),
        "score.weight",
        0,
        1,
        OptionalInt.empty(),
        scale,
        Optional.empty(),
        normalization,
        Optional.empty(),
        Optional.empty());
  }
}
