package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ReadOutHeadTest {

  @Test
  void normsTheStateThenTakesEachRowsProduct() {
    ReadOutHead head = new ReadOutHead(new float[] {1, 2}, new float[][] {{3, 0}, {1, 1}}, 0);
    // mean of squares (9 + 16) / 2; normed (3, 4) / sqrt(12.5), times the norm's weights (1, 2).
    float[] values = head.read(new float[] {9, 9, 3, 4}, 2);
    assertThat(values[0]).isCloseTo((float) (9 / Math.sqrt(12.5)), within(1e-6f));
    assertThat(values[1]).isCloseTo((float) (11 / Math.sqrt(12.5)), within(1e-6f));
    assertThat(head.outputs()).isEqualTo(2);
  }

  @Test
  void addsEpsilonUnderTheRoot() {
    ReadOutHead head = new ReadOutHead(new float[] {1}, new float[][] {{1}}, 1e-5);
    assertThat(head.read(new float[] {0}, 0)[0]).isEqualTo(0f);
    assertThat(head.read(new float[] {1e-3f}, 0)[0])
        .isCloseTo((float) (1e-3 / Math.sqrt(1e-6 + 1e-5)), within(1e-6f));
  }
}
