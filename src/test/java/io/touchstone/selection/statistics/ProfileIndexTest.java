package io.touchstone.selection.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProfileIndexTest {

  private static List<Double> percentiles(double[] values) {
    double[] shares = IntStream.rangeClosed(0, 100).mapToDouble(i -> i / 100.0).toArray();
    return Arrays.stream(Quantile.of(values, shares)).boxed().toList();
  }

  private static ProfileIndex of(double[] older, double[] newer) {
    return ProfileIndex.ofPercentiles(
        percentiles(older), older.length, percentiles(newer), newer.length);
  }

  @Test
  void percentilesTellAboutWhatTheValuesThemselvesWould() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      double shift = seed / 20.0;
      double[] older = random.doubles(4_000).map(x -> 3 * x * x).toArray();
      double[] newer = random.doubles(2_500).map(x -> 3 * x * x + shift * x).toArray();
      double psi = Drift.of(older, newer).psi();
      assertThat(of(older, newer).value())
          .as("seed %d, index %s", seed, psi)
          .isCloseTo(psi, within(0.005 + 0.02 * psi));
    }
  }

  @Test
  void equalValuesThatFillSeveralDecilesAreOneBin() {
    double[] older = IntStream.range(0, 1_000).mapToDouble(i -> i < 400 ? 0 : i).toArray();
    double[] newer =
        IntStream.range(0, 1_000).mapToDouble(i -> i < 550 ? 0 : 400 + (i - 550) / 0.75).toArray();
    assertThat(of(older, newer).value()).isCloseTo(Drift.of(older, newer).psi(), within(0.02));
    assertThat(of(older, older).value()).isCloseTo(0, within(1e-12));
  }

  @Test
  void countsOfLabelsTellExactlyWhatTheLabelsWould() {
    double[] older = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
    double[] newer = {1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 2, 1, 0, 1, 0, 1, 1};
    ProfileIndex index =
        ProfileIndex.ofCounts(
            new TreeMap<>(Map.of(0L, 8L, 1L, 2L)), new TreeMap<>(Map.of(0L, 6L, 1L, 13L, 2L, 1L)));
    assertThat(index.value()).isCloseTo(Drift.of(older, newer).psi(), within(1e-12));
    // scipy 1.17.1: chi2.ppf(0.99, 2) * (1 / 10 + 1 / 20)
    assertThat(index.bound()).isCloseTo(1.3815510557964272, within(1e-9));
  }

  @Test
  void chanceIsThatOfTheChiSquaredDistribution() {
    Random random = new Random(7);
    ProfileIndex index = of(random.doubles(1_000).toArray(), random.doubles(500).toArray());
    // scipy 1.17.1: chi2.ppf(0.99, 9) * (1 / 1000 + 1 / 500)
    assertThat(index.bound()).isCloseTo(0.06499798300038577, within(1e-9));
    assertThat(of(new double[] {2, 2}, new double[] {2, 2, 2}).bound()).isZero();
  }
}
