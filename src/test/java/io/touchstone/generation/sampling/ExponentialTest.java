package io.touchstone.generation.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExponentialTest {

  @Test
  void isWithinTwoUnitsOfTheLastPlace() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      double x = -708 * Math.pow(random.nextDouble(), 3);
      double right = StrictMath.exp(x);
      assertThat(Math.abs(Exponential.of(x) - right)).isLessThanOrEqualTo(2 * Math.ulp(right));
    }
  }

  @Test
  void isExactAtItsEnds() {
    assertThat(Exponential.of(0)).isEqualTo(1);
    assertThat(Exponential.of(-0.0)).isEqualTo(1);
    assertThat(Exponential.of(-709)).isZero();
    assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
  }
}
