package io.touchstone.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.selection.PairRule.Pair;
import io.touchstone.selection.PairRule.Which;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RankingTest {

  private static final int ALL = Integer.MAX_VALUE;

  private static List<Pair> pairs(Which which, double margin, int perPrompt, Double... scores) {
    return pairs(new PairRule(which, BigDecimal.valueOf(margin), perPrompt), List.of(scores));
  }

  private static List<Pair> pairs(PairRule rule, List<Double> scores) {
    return rule.pairs(Ranking.of(scores), scores.stream().map(BigDecimal::valueOf).toList());
  }

  @Test
  void theBestComesFirstAndOfEqualScoresTheFirstCandidate() {
    Ranking ranking = Ranking.of(List.of(1.0, 3.0, -2.0, 3.0, 1.0));
    assertThat(ranking.order()).containsExactly(1, 3, 0, 4, 2);
    assertThat(ranking.top(1)).containsExactly(1);
    assertThat(ranking.top(3)).containsExactly(1, 3, 0);
    assertThat(ranking.top(9)).hasSize(5);
    assertThat(ranking.worst()).isEqualTo(2);
  }

  @Test
  void aTieCountsOnlyWhereItDecides() {
    Ranking ranking = Ranking.of(List.of(1.0, 3.0, -2.0, 3.0, 1.0));
    assertThat(ranking.isTiedAt(1)).isTrue();
    assertThat(ranking.isTiedAt(2)).isFalse();
    assertThat(ranking.isTiedAt(3)).isTrue();
    assertThat(ranking.isTiedAt(5)).isFalse();
    assertThat(ranking.isTiedAt(9)).isFalse();
    assertThat(Ranking.of(List.of(-0.0, 0.0)).isTiedAt(1)).isTrue();
    assertThat(Ranking.of(List.of(-0.0, 0.0)).order()).containsExactly(0, 1);
  }

  @Test
  void theWorstIsTheFirstOfTheLowest() {
    assertThat(Ranking.of(List.of(5.0, 1.0, 1.0)).worst()).isEqualTo(1);
    assertThat(Ranking.of(List.of(1.0, 1.0)).worst()).isZero();
  }

  @Test
  void pairsAreTheOnesThatAreAskedForFurthestApartFirst() {
    assertThat(pairs(Which.BEST_WORST, 0, ALL, 1.0, 4.0, 0.0, 0.0)).containsExactly(new Pair(1, 2));
    assertThat(pairs(Which.BEST_EACH, 0, ALL, 1.0, 4.0, 0.0, 0.0))
        .containsExactly(new Pair(1, 2), new Pair(1, 3), new Pair(1, 0));
    assertThat(pairs(Which.ALL, 0, ALL, 1.0, 4.0, 0.0, 0.0))
        .containsExactly(
            new Pair(1, 2), new Pair(1, 3), new Pair(1, 0), new Pair(0, 2), new Pair(0, 3));
  }

  @Test
  void marginAndNumberBoundThem() {
    assertThat(pairs(Which.ALL, 1, 2, 1.0, 4.0, 0.0))
        .containsExactly(new Pair(1, 2), new Pair(1, 0));
    assertThat(pairs(Which.ALL, 3, ALL, 1.0, 4.0, 0.0))
        .containsExactly(new Pair(1, 2), new Pair(1, 0));
    assertThat(pairs(Which.ALL, 3.5, ALL, 1.0, 4.0, 0.0)).containsExactly(new Pair(1, 2));
    assertThat(pairs(Which.BEST_WORST, 0, ALL, 2.0, 2.0)).isEmpty();
    assertThat(pairs(Which.ALL, 0, ALL, 2.0)).isEmpty();
    assertThatThrownBy(() -> new PairRule(Which.ALL, BigDecimal.ONE.negate(), 1))
        .hasMessage("margin: expected a number from 0, found -1");
    assertThatThrownBy(() -> new PairRule(Which.ALL, BigDecimal.ZERO, 0))
        .hasMessage("pairs: expected at least 1, found 0");
  }

  @Test
  void chosenIsAlwaysAboveRejectedAndAllHoldsTheOthers() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      List<Double> scores = new ArrayList<>();
      for (int n = 1 + random.nextInt(7); n > 0; n--) {
        scores.add((double) random.nextInt(5));
      }
      Ranking ranking = Ranking.of(scores);
      double margin = random.nextInt(3);
      List<Pair> all = pairs(Which.ALL, margin, ALL, scores.toArray(Double[]::new));
      assertThat(all)
          .allSatisfy(
              pair ->
                  assertThat(scores.get(pair.chosen()) - scores.get(pair.rejected()))
                      .isPositive()
                      .isGreaterThanOrEqualTo(margin))
          .doesNotHaveDuplicates()
          .containsAll(pairs(Which.BEST_EACH, margin, ALL, scores.toArray(Double[]::new)))
          .containsAll(pairs(Which.BEST_WORST, margin, ALL, scores.toArray(Double[]::new)));
      long expected = 0;
      for (double chosen : scores) {
        expected += scores.stream().filter(s -> chosen > s && chosen - s >= margin).count();
      }
      assertThat(all).hasSize((int) expected);
      assertThat(scores.get(ranking.order().get(0))).isEqualTo(Collections.max(scores));
      assertThat(scores.get(ranking.worst())).isEqualTo(Collections.min(scores));
    }
  }

  @Test
  void meanRanksCountFromTheWorstAndTiesShareTheirPlaces() {
    assertThat(MeanRank.of(List.of(List.of(0.1, 0.9, 0.5)))).containsExactly(1.0, 3.0, 2.0);
    assertThat(MeanRank.of(List.of(List.of(5.0, 5.0, 1.0, 7.0))))
        .containsExactly(2.5, 2.5, 1.0, 4.0);
    assertThat(MeanRank.of(List.of(List.of(0.1, 0.9, 0.5), List.of(30.0, -10.0, 20.0))))
        .containsExactly(2.0, 2.0, 2.0);
  }

  @Test
  void whatToCompareByIsAFieldOrMeanRanks() {
    assertThat(ScoreBy.parse("rewards.helpfulness"))
        .isEqualTo(new ScoreBy.Named("rewards.helpfulness"));
    assertThat(ScoreBy.parse("mean-rank( a, b ,c)"))
        .isEqualTo(new ScoreBy.MeanOfRanks(List.of("a", "b", "c")));
    for (String bad : List.of("mean-rank(a)", "mean-rank(a,,b)", "mean-rank(a,a)")) {
      assertThatThrownBy(() -> ScoreBy.parse(bad))
          .hasMessage(
              "expected two different fields or more in mean-rank(...), found '" + bad + "'");
    }
    assertThatThrownBy(() -> ScoreBy.parse("max(a,b)"))
        .hasMessage("expected a field's name or mean-rank(FIELD,FIELD,...), found 'max(a,b)'");
  }
}
