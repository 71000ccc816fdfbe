package io.touchstone.selection.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AxisTest {

  @Test
  void ticksAreRoundAndLieWithin() {
    Axis axis = new Axis(Axis.Scale.LINEAR, -0.25, 4.25, 0, 100);
    assertThat(axis.ticks()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    assertThat(axis.at(2)).isCloseTo(50, within(1e-9));
    assertThat(axis.at(9)).isEqualTo(100);
    assertThat(new Axis(Axis.Scale.LOGARITHMIC, 3, 4_000, 0, 1).ticks())
        .containsExactly(10.0, 100.0, 1_000.0);
    assertThat(new Axis(Axis.Scale.LINEAR, 5, 5, 0, 1).ticks()).isNotEmpty();
    assertThat(new Axis(Axis.Scale.LINEAR, 3e38, 3.1e38, 0, 1).ticks()).hasSizeLessThan(21);
  }
}
