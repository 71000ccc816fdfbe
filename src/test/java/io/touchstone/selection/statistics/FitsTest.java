package io.touchstone.selection.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lines, quantiles and folds; against scipy 1.17.1 and numpy 2.4.6. */
final class FitsTest {
  private static final double[] X = {-3.5, -1.25, -1.25, 0, 0.5, 0.75, 2, 2, 3.25, 4.5, 6, 7.5};
  private static final double[] Y = {0, 1, 0, 2, 1, 1, 3, 2, 2, 4, 3, 4};

  @Test
  void theLineIsThatOfLeastSquares() {
    Line line = Line.fit(X, Y);

    assertThat(line.intercept()).isCloseTo(1.2589567477260073, within(1e-12));
    assertThat(line.slope()).isCloseTo(0.38500092816038606, within(1e-12));
  }

  @Test
  void oneXGivesNoLine() {
    assertThatThrownBy(() -> Line.fit(new double[] {2, 2}, new double[] {1, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("linear fit: expected at least two different x, found one");
  }

  @Test
  void quantilesAreInterpolatedAsNumpyDoes() {
    double[] shuffled = {7.5, -3.5, 2, 0.75, -1.25, 6, 0, 0.5, 2, 3.25, 4.5, -1.25};

    assertThat(Quantile.of(shuffled, 0.2, 0.4, 0.6, 0.8))
        .containsExactly(new double[] {-1, 0.6, 2, 4.25}, within(1e-12));
    assertThat(Quantile.of(shuffled, 0.025, 0.975))
        .containsExactly(new double[] {-2.88125, 7.0875}, within(1e-12));
    assertThat(Quantile.of(new double[] {3}, 0, 0.5, 1)).containsExactly(3, 3, 3);
  }

  private static int[] groups(int count) {
    return IntStream.range(0, count).toArray();
  }

  @Test
  void foldsDifferInSizeByOneAtMostAndAreTheSameForASeed() {
    int[] folds = Folds.of(groups(23), 5, 7);

    assertThat(folds)
        .isEqualTo(Folds.of(groups(23), 5, 7))
        .isNotEqualTo(Folds.of(groups(23), 5, 8));
    for (int fold = 0; fold < 5; fold++) {
      int number = fold;
      assertThat(Arrays.stream(folds).filter(of -> of == number).count()).isBetween(4L, 5L);
    }
  }

  @Test
  void rowsOfAGroupAreInOneFold() {
    int[] groups = {0, 1, 0, 2, 2, 1, 0, 3};
    int[] folds = Folds.of(groups, 2, 3);
    int[] ofGroup = Folds.of(groups(4), 2, 3);
    assertThat(folds).isEqualTo(Arrays.stream(groups).map(group -> ofGroup[group]).toArray());
  }

  @Test
  void moreFoldsThanGroupsAreRefused() {
    assertThatThrownBy(() -> Folds.of(groups(3), 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("folds: expected 2 to 3 for as many prompts, found 5");
    assertThatThrownBy(() -> Folds.of(new int[9], 5, 1))
        .hasMessage("folds: expected rows of at least two prompts, found 1");
  }
}
