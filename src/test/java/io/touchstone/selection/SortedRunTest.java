package io.touchstone.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class SortedRunTest {

  private static SortedRun run(double... bestToWorst) {
    return SortedRun.of(DoubleStream.of(bestToWorst).iterator());
  }

  @Test
  void aRunKnowsItsEnds() {
    assertThat(run(5, 5, 3, 3, 3)).isEqualTo(new SortedRun(5, 5, 3, 3));
    assertThat(run(2)).isEqualTo(new SortedRun(1, 2, 2, 1));
    assertThat(run()).isEqualTo(new SortedRun(0, 0, 0, 0));
  }

  @Test
  void equalScoresShareARankAcrossTheEdgesOfRuns() {
    List<double[]> runs =
        List.of(new double[] {9, 7}, new double[] {7, 7}, new double[] {}, new double[] {7, 1});
    List<RankCounter> counters = SortedRun.counters(runs.stream().map(SortedRunTest::run).toList());
    List<Rank> ranks = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      for (double score : runs.get(i)) {
        ranks.add(counters.get(i).next(score));
      }
    }
    assertThat(ranks)
        .containsExactly(
            new Rank(1, 1),
            new Rank(2, 2),
            new Rank(3, 2),
            new Rank(4, 2),
            new Rank(5, 2),
            new Rank(6, 6));
  }

  @Test
  void percentilesAreTheShareThatIsNotAbove() {
    assertThat(new Rank(1, 1).percentile(4)).isEqualTo(100);
    assertThat(new Rank(3, 2).percentile(4)).isEqualTo(75);
    assertThat(new Rank(4, 4).percentile(4)).isEqualTo(25);
  }

  @Test
  void anySplitGivesTheRanksOfCounting() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<Double> scores = new ArrayList<>();
      for (int n = random.nextInt(30); n > 0; n--) {
        scores.add((double) random.nextInt(1 + random.nextInt(10)));
      }
      scores.sort(Collections.reverseOrder());
      List<List<Double>> runs = new ArrayList<>();
      for (int at = 0; at < scores.size() || runs.isEmpty(); ) {
        int end = Math.min(scores.size(), at + random.nextInt(6));
        runs.add(scores.subList(at, end));
        at = end;
      }
      List<RankCounter> counters =
          SortedRun.counters(
              runs.stream()
                  .map(
                      run -> SortedRun.of(run.stream().mapToDouble(Double::doubleValue).iterator()))
                  .toList());
      int place = 0;
      for (int i = 0; i < runs.size(); i++) {
        for (double score : runs.get(i)) {
          place++;
          long better = scores.stream().filter(other -> other > score).count();
          assertThat(counters.get(i).next(score)).isEqualTo(new Rank(place, better + 1));
        }
      }
    }
  }

  @Test
  void theTopIsACountAShareOrBoth() {
    assertThat(TopLimit.NONE.of(7)).isEqualTo(7);
    assertThat(TopLimit.NONE.isNone()).isTrue();
    assertThat(new TopLimit(3L, null).of(7)).isEqualTo(3);
    assertThat(new TopLimit(30L, null).of(7)).isEqualTo(7);
    assertThat(new TopLimit(0L, null).of(7)).isZero();
    assertThat(new TopLimit(null, new BigDecimal("0.29")).of(100)).isEqualTo(29);
    assertThat(new TopLimit(null, new BigDecimal("0.2")).of(9)).isEqualTo(1);
    assertThat(new TopLimit(1L, new BigDecimal("0.5")).of(10)).isEqualTo(1);
    assertThat(new TopLimit(9L, new BigDecimal("0.5")).of(10)).isEqualTo(5);
  }
}
