package io.touchstone.selection.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against sums of exact fractions. */
final class SignTestTest {

  @Test
  void isExactAndTwoSided() {
    assertThat(SignTest.pValue(8, 0)).isCloseTo(0.0078125, within(1e-12));
    assertThat(SignTest.pValue(0, 8)).isCloseTo(0.0078125, within(1e-12));
    assertThat(SignTest.pValue(5, 3)).isCloseTo(0.7265625, within(1e-12));
    assertThat(SignTest.pValue(4, 4)).isEqualTo(1);
    assertThat(SignTest.pValue(540, 460)).isCloseTo(0.01244414627717178, within(1e-12));
  }

  @Test
  void saysNothingWithoutPairsAndBearsMany() {
    assertThat(SignTest.pValue(0, 0)).isEqualTo(1);
    assertThat(SignTest.pValue(1_001_000, 999_000)).isCloseTo(0.157, within(1e-3));
    assertThat(SignTest.pValue(100_000, 0)).isZero();
  }
}
