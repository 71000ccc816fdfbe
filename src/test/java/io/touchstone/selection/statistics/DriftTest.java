package io.touchstone.selection.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DriftTest {

  private static double[] range(int from, int to) {
    return IntStream.rangeClosed(from, to).asDoubleStream().toArray();
  }

  @Test
  void isThatOfTheHandComputedExample() {
    Drift drift = Drift.of(range(1, 10), range(6, 15));
    // Five tenths are empty and count half a value each, four hold their one, the last holds six.
    double psi = 5 * (0.05 - 0.1) * Math.log(0.05 / 0.1) + (0.6 - 0.1) * Math.log(0.6 / 0.1);
    assertThat(psi).isCloseTo(1.0691665, within(1e-7));
    assertThat(drift.psi()).isCloseTo(psi, within(1e-12));
    assertThat(drift.psiByChance()).isCloseTo(9 * (0.1 + 0.1), within(1e-12));
    assertThat(drift.ks()).isCloseTo(0.5, within(1e-12));
    assertThat(drift.ksByChance()).isCloseTo(1.3581015 * Math.sqrt(0.2), within(1e-7));
  }

  @Test
  void labelsOfFewKindsHaveABinForEach() {
    double[] older = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
    double[] newer = {1, 0, 1, 0, 1, 0, 1, 0, 1, 1};
    Drift drift = Drift.of(older, newer);
    double psi = (0.4 - 0.8) * Math.log(0.4 / 0.8) + (0.6 - 0.2) * Math.log(0.6 / 0.2);
    assertThat(drift.psi()).isCloseTo(psi, within(1e-12));
    assertThat(drift.ks()).isCloseTo(0.4, within(1e-12));
    assertThat(Drift.of(new double[] {2, 2, 2}, new double[] {2, 2}).psi()).isZero();
    assertThat(Drift.of(new double[] {2, 2, 2}, new double[] {3, 3}).psi()).isGreaterThan(1);
    assertThat(Drift.of(new double[] {2, 2, 2}, new double[] {1, 1}).ks()).isEqualTo(1);
  }

  @Test
  void theSameScoresInAnotherOrderHaveNotDrifted() {
    Random random = new Random(5);
    double[] scores = random.doubles(1_000).toArray();
    double[] turned = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      turned[i] = scores[scores.length - 1 - i];
    }
    Drift drift = Drift.of(scores, turned);
    assertThat(drift.psi()).isZero();
    assertThat(drift.ks()).isZero();
  }

  @Test
  void whatChanceMakesIsAboutWhatItIsExpectedToMake() {
    long seed = 20_061;
    Random random = new Random(seed);
    double psi = 0;
    int widerGaps = 0;
    int times = 200;
    for (int i = 0; i < times; i++) {
      double[] older = DoubleStream.generate(random::nextGaussian).limit(400).toArray();
      double[] newer = DoubleStream.generate(random::nextGaussian).limit(600).toArray();
      Drift drift = Drift.of(older, newer);
      psi += drift.psi() / drift.psiByChance() / times;
      widerGaps += drift.ks() > drift.ksByChance() ? 1 : 0;
    }
    assertThat(psi).as("seed %d", seed).isBetween(0.85, 1.2);
    assertThat(widerGaps).as("of 200, seed %d", seed).isBetween(2, 20);
  }

  /** Of equal distributions with so many values a side, how many in a hundred pass the bound. */
  private static double passed(int times, int size, DoubleSupplier values) {
    int passed = 0;
    for (int i = 0; i < times; i++) {
      Drift drift =
          Drift.of(
              DoubleStream.generate(values).limit(size).toArray(),
              DoubleStream.generate(values).limit(size).toArray());
      assertThat(drift.psi() > drift.psiBound()).isEqualTo(drift.p() <= 0.01);
      passed += drift.psi() > drift.psiBound() ? 1 : 0;
    }
    return 100.0 * passed / times;
  }

  @Test
  void chancePassesTheBoundOnceInAHundredTimesWhateverTheValuesAre() {
    Random random = new Random(60);
    assertThat(passed(80, 60, random::nextGaussian)).as("scores").isLessThan(4);
    assertThat(passed(80, 60, () -> random.nextInt(5))).as("labels").isLessThan(4);
    assertThat(passed(80, 60, () -> random.nextInt(2))).as("0 or 1").isLessThan(4);
    assertThat(passed(20, 60, () -> 3)).as("a constant").isZero();
    assertThat(passed(40, 25_000, () -> random.nextInt(5))).as("many labels").isLessThan(6);
  }

  @Test
  void whatIsExpectedOfChanceFollowsTheNumberOfDifferentValues() {
    double[] zeros = new double[60];
    double[] ones = new double[60];
    Arrays.fill(ones, 1);
    double[] both = IntStream.range(0, 60).mapToDouble(i -> i % 2).toArray();
    double[] labels = IntStream.range(0, 60).mapToDouble(i -> i % 5).toArray();
    assertThat(Drift.of(labels, labels).psiByChance()).isCloseTo(4 / 30.0, within(1e-12));
    assertThat(Drift.of(both, both).psiByChance()).isCloseTo(1 / 30.0, within(1e-12));
    Drift constant = Drift.of(zeros, zeros);
    assertThat(constant).isEqualTo(new Drift(0, 0, 0, 1, 0, constant.ksByChance()));
    assertThat(Drift.of(zeros, ones).p()).isEqualTo(1 / 10_000.0);
  }

  @Test
  void theBoundOfManyValuesIsThatOfTheDistributionTheIndexTendsTo() {
    Random random = new Random(4);
    Drift drift =
        Drift.of(
            DoubleStream.generate(random::nextGaussian).limit(30_000).toArray(),
            DoubleStream.generate(random::nextGaussian).limit(20_000).toArray());
    // scipy.stats.chi2.ppf(0.99, 9)
    assertThat(drift.psiBound()).isCloseTo(21.665994333461924 * (1 / 3e4 + 1 / 2e4), within(1e-12));
    assertThat(drift.p()).isBetween(0.001, 1.0);
  }

  @Test
  void needsValuesOnBothSides() {
    assertThatThrownBy(() -> Drift.of(range(1, 3), new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("drift: expected values on both sides, found 3 and 0");
  }
}
