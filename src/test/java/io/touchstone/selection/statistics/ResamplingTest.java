package io.touchstone.selection.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bootstrap intervals and p values against what theory gives; exact values from scipy 1.17.1. */
final class ResamplingTest {

  @Test
  void theIntervalOfAShareIsThatOfTheBinomialDistribution() {
    double[] correct = new double[400];
    Arrays.fill(correct, 0, 300, 1);

    Interval share =
        Bootstrap.intervals(new int[] {400}, drawn -> new double[] {mean(correct, drawn[0])}, 1)
            .get(0);

    // 0.75 and 1.96 standard errors of 0.02165.
    assertThat(share.low()).isCloseTo(0.7076, within(0.005));
    assertThat(share.high()).isCloseTo(0.7924, within(0.005));
  }

  @Test
  void theSameSeedGivesTheSameIntervals() {
    double[] values = IntStream.range(0, 50).mapToDouble(i -> Math.sqrt(i)).toArray();

    List<Interval> first = intervals(values, 3);

    assertThat(intervals(values, 3)).isEqualTo(first);
    assertThat(intervals(values, 4)).isNotEqualTo(first);
  }

  private static List<Interval> intervals(double[] values, long seed) {
    return Bootstrap.intervals(
        new int[] {50}, drawn -> new double[] {mean(values, drawn[0])}, seed);
  }

  @Test
  void eachStratumKeepsItsSize() {
    Bootstrap.intervals(
        new int[] {2, 5},
        drawn -> {
          assertThat(drawn[0]).hasSize(2).doesNotContain(2, 3, 4);
          assertThat(drawn[1]).hasSize(5).doesNotContain(5, 6);
          return new double[1];
        },
        1);
  }

  @Test
  void pValuesAreThoseOfMcNemarsExactTest() {
    assertThat(mcNemar(12, 4)).isCloseTo(0.076812744140625, within(0.012));
    assertThat(mcNemar(30, 18)).isCloseTo(0.11140289106101878, within(0.012));
    assertThat(mcNemar(9, 1)).isCloseTo(0.021484375, within(0.006));
    assertThat(mcNemar(5, 5)).isEqualTo(1);
    assertThat(mcNemar(40, 0)).isEqualTo(1.0 / (SwapTest.SHUFFLES + 1));
  }

  /** The p value where one system alone was right so often, and the other so often. */
  private static double mcNemar(int ours, int theirs) {
    int agreed = 20;
    return SwapTest.pValues(
        ours + theirs + agreed,
        swapped -> {
          double difference = 0;
          for (int i = 0; i < ours + theirs; i++) {
            difference += (i < ours) == swapped[i] ? -1 : 1;
          }
          return new double[] {difference / (ours + theirs + agreed)};
        },
        11)[0];
  }

  private static double mean(double[] values, int[] places) {
    return Arrays.stream(places).mapToDouble(place -> values[place]).average().orElseThrow();
  }
}
