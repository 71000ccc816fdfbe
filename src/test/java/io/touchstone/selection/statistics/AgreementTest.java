package io.touchstone.selection.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against scikit-learn 1.9.1 and scipy 1.17.1. */
final class AgreementTest {
  private static final double[] X = {-3.5, -1.25, -1.25, 0, 0.5, 0.75, 2, 2, 3.25, 4.5, 6, 7.5};
  private static final double[] Y = {0, 1, 0, 2, 1, 1, 3, 2, 2, 4, 3, 4};

  @Test
  void kappaIsThatOfScikitLearn() {
    int[] a = {0, 1, 1, 2, 3, 4, 4, 2, 0, 3, 1, 2};
    int[] b = {0, 1, 2, 2, 3, 3, 4, 1, 1, 4, 0, 2};

    assertThat(Agreement.quadraticKappa(a, b).orElseThrow())
        .isCloseTo(0.8565737051792829, within(1e-12));
  }

  @Test
  void kappaOfOneCategoryIsUndefined() {
    assertThat(Agreement.quadraticKappa(new int[] {2, 2}, new int[] {2, 2})).isEmpty();
  }

  @Test
  void equalValuesShareTheMeanOfTheirRanks() {
    assertThat(Agreement.ranks(X)).containsExactly(1, 2.5, 2.5, 4, 5, 6, 7.5, 7.5, 9, 10, 11, 12);
    assertThat(Agreement.ranks(new double[] {3, 1, 3, 3})).containsExactly(3, 1, 3, 3);
  }

  @Test
  void spearmanIsThatOfScipy() {
    assertThat(Agreement.spearman(X, Y).orElseThrow()).isCloseTo(0.8909920523708189, within(1e-12));
  }

  @Test
  void spearmanWithAConstantIsUndefined() {
    assertThat(Agreement.spearman(new double[] {1, 1}, new double[] {1, 2})).isEmpty();
  }

  @Test
  void errorsAreMeans() {
    assertThat(Agreement.meanAbsoluteError(X, Y)).isCloseTo(1.5833333333333333, within(1e-12));
    assertThat(Agreement.rootMeanSquareError(X, Y)).isCloseTo(1.984313483298443, within(1e-12));
  }
}
