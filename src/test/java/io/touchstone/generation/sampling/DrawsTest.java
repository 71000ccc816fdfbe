package io.touchstone.generation.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DrawsTest {
  private static final RowIdentity ROW = RowIdentity.ofPrompt(new int[] {1, 2, 3});

  @Test
  void staysWhatItWas() {
    assertThat(Draws.of(7, ROW, 0).at(0)).isEqualTo(0.2842561788050989);
    assertThat(Draws.of(7, ROW, 1).at(1_000_000_000_000L)).isEqualTo(0.475050375451471);
  }

  @Test
  void hasOtherNumbersForEachSeedRowSampleAndStep() {
    Set<Double> numbers = new HashSet<>();
    RowIdentity[] rows = {
      ROW,
      RowIdentity.ofPrompt(new int[] {1, 2}),
      RowIdentity.ofPrompt(new int[] {3, 2, 1}),
      RowIdentity.ofId("1"),
      RowIdentity.ofId("")
    };
    for (long seed : new long[] {0, 1, -1, 1L << 32}) {
      for (RowIdentity row : rows) {
        for (int sample = 0; sample < 3; sample++) {
          for (long step : new long[] {0, 1, 1L << 32}) {
            numbers.add(Draws.of(seed, row, sample).at(step));
          }
        }
      }
    }
    assertThat(numbers).hasSize(4 * 5 * 3 * 3);
  }

  @Test
  void isEvenlySpreadFromZeroToBelowOne() {
    int[] tenths = new int[10];
    double sum = 0;
    int count = 100_000;
    Draws draws = Draws.of(1, ROW, 0);
    for (int step = 0; step < count; step++) {
      double number = draws.at(step);
      assertThat(number).isGreaterThanOrEqualTo(0).isLessThan(1);
      sum += number;
      tenths[(int) (number * 10)]++;
    }
    assertThat(sum / count).isBetween(0.497, 0.503);
    for (int tenth : tenths) {
      assertThat(tenth).isBetween(9_600, 10_400);
    }
  }

  @Test
  void tellsAPromptFromAnIdOfTheSameBytes() {
    // The prompt's bytes are 0, 0, 0, 65.
    assertThat(RowIdentity.ofPrompt(new int[] {65}))
        .isNotEqualTo(RowIdentity.ofId("\0\0\0A"))
        .isEqualTo(RowIdentity.ofPrompt(new int[] {65}));
  }
}
