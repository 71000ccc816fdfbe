package io.touchstone.selection.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.selection.statistics.Isotonic.Knot;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

/** Against scikit-learn 1.9.1's IsotonicRegression. */
final class IsotonicTest {

  @Test
  void poolsViolatorsAndEqualXAsScikitLearnDoes() {
    double[] x = {-3.5, -1.25, -1.25, 0, 0.5, 0.75, 2, 2, 3.25, 4.5, 6, 7.5};
    double[] y = {0, 1, 0, 2, 1, 1, 3, 2, 2, 4, 3, 4};

    List<Knot> knots = Isotonic.fit(x, y);

    assertThat(knots)
        .usingRecursiveFieldByFieldElementComparator(
            RecursiveComparisonConfiguration.builder()
                .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-12, Double.class)
                .build())
        .containsExactly(
            new Knot(-3.5, 0),
            new Knot(-1.25, 0.5),
            new Knot(0, 4 / 3.0),
            new Knot(0.75, 4 / 3.0),
            new Knot(2, 7 / 3.0),
            new Knot(3.25, 7 / 3.0),
            new Knot(4.5, 3.5),
            new Knot(6, 3.5),
            new Knot(7.5, 4));
  }

  @Test
  void theOrderOfThePointsDoesNotMatter() {
    assertThat(Isotonic.fit(new double[] {3, 1, 2}, new double[] {3, 2, 1}))
        .isEqualTo(Isotonic.fit(new double[] {1, 2, 3}, new double[] {2, 1, 3}))
        .containsExactly(new Knot(1, 1.5), new Knot(2, 1.5), new Knot(3, 3));
  }

  @Test
  void aFallingRelationBecomesOneLevel() {
    assertThat(Isotonic.fit(new double[] {1, 2, 3}, new double[] {3, 2, 1}))
        .containsExactly(new Knot(1, 2), new Knot(3, 2));
  }

  @Test
  void noRisingCurveOfThreeLevelsIsNearer() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int trial = 0; trial < 50; trial++) {
      double[] x = {1, 2, 3, 4, 5, 6};
      double[] y = random.ints(6, 0, 5).asDoubleStream().toArray();
      double[] fitted = new double[6];
      for (Knot knot : Isotonic.fit(x, y)) {
        for (int i = 0; i < 6; i++) {
          fitted[i] = x[i] >= knot.x() ? knot.y() : fitted[i];
        }
      }
      double error = Agreement.rootMeanSquareError(fitted, y);
      for (int other = 0; other < 200; other++) {
        double[] rising = random.doubles(6, 0, 4).sorted().toArray();
        assertThat(Agreement.rootMeanSquareError(rising, y)).isGreaterThanOrEqualTo(error - 1e-9);
      }
    }
  }

  @Test
  void refusesNothingAtAll() {
    assertThatThrownBy(() -> Isotonic.fit(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("isotonic fit: expected as many x as y, found 0 and 0");
  }
}
