package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.checkpoint.config.Normalization;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReadOutHeadTest {

  @Test
  void normsTheStateThenTakesEachRowsProduct() {
    ReadOutHead head =
        ReadOutHead.ofStates(
            new float[] {1, 2}, new float[][] {{3, 0}, {1, 1}}, new float[0], 0, Optional.empty());
    // mean of squares (9 + 16) / 2; normed (3, 4) / sqrt(12.5), times the norm's weights (1, 2).
    float[] values = head.read(new float[] {9, 9, 3, 4}, 2);
    assertThat(values[0]).isCloseTo((float) (9 / Math.sqrt(12.5)), within(1e-6f));
    assertThat(values[1]).isCloseTo((float) (11 / Math.sqrt(12.5)), within(1e-6f));
    assertThat(head.outputs()).isEqualTo(2);
  }

  @Test
  void addsEpsilonUnderTheRoot() {
    ReadOutHead head =
        ReadOutHead.ofStates(
            new float[] {1}, new float[][] {{1}}, new float[0], 1e-5, Optional.empty());
    assertThat(head.read(new float[] {0}, 0)[0]).isEqualTo(0f);
    assertThat(head.read(new float[] {1e-3f}, 0)[0])
        .isCloseTo((float) (1e-3 / Math.sqrt(1e-6 + 1e-5)), within(1e-6f));
  }

  @Test
  void addsTheBiasAndThenTakesTheMeanOffAndDivides() {
    ReadOutHead head =
        ReadOutHead.ofInner(
            new float[][] {{2, 1}}, new float[] {0.5f}, Optional.of(new Normalization(-1.5, 4)));
    assertThat(head.width()).isEqualTo(2);
    assertThat(head.read(new float[] {7, 1, 3}, 1)).containsExactly((2 + 3 + 0.5f + 1.5f) / 4);
  }

  @Test
  void takesTheDifferenceOfTwoRowsOrItsLogistic() {
    float[] norm = {1, 2};
    float[] wanted = {3, 1};
    float[] unwanted = {1, 0};
    double difference = (2 * 3 + 2 * 1 * 4) / Math.sqrt(12.5);
    float[] states = {3, 4};
    assertThat(
            ReadOutHead.ofDifference(norm, wanted, unwanted, 0, AnswerScale.DIFFERENCE)
                .read(states, 0))
        .containsExactly((float) difference);
    assertThat(
            ReadOutHead.ofDifference(norm, wanted, unwanted, 0, AnswerScale.PROBABILITY)
                .read(states, 0))
        .containsExactly((float) (1 / (1 + Math.exp(-difference))));
    assertThat(
            ReadOutHead.ofDifference(
                    norm, new float[] {-1000, 0}, unwanted, 0, AnswerScale.PROBABILITY)
                .read(states, 0))
        .as("no overflow")
        .containsExactly(0f);
  }
}
