package io.touchstone.selection.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BinsTest {

  private static List<Double> edges(Bins bins) {
    return IntStream.rangeClosed(0, bins.count()).mapToObj(bins::edge).toList();
  }

  @Test
  void labelsHaveABinEach() {
    double[] labels = {0, 4, 4, 1, 3, 3, 3, 0};
    Bins bins = Bins.over(labels);
    assertThat(edges(bins)).containsExactly(-0.5, 0.5, 1.5, 2.5, 3.5, 4.5);
    assertThat(bins.shares(labels)).containsExactly(0.25, 0.125, 0.0, 0.375, 0.25);
  }

  @Test
  void scoresHaveRoundEdges() {
    double[] scores = {-0.04, 0.31, 1.99, 2.5, 4.02};
    Bins bins = Bins.over(scores);
    assertThat(bins.width()).isEqualTo(0.25);
    assertThat(edges(bins)).startsWith(-0.25, 0.0, 0.25).endsWith(3.75, 4.0, 4.25).hasSize(19);
    assertThat(edges(Bins.over(new double[] {0.05, 1.95}))).contains(0.3, 0.6, 0.7);
  }

  @Test
  void bothResultsShareTheBins() {
    Bins bins = Bins.over(new double[] {0.5, 1.5}, new double[] {7.25});
    assertThat(bins.edge(0)).isLessThanOrEqualTo(0.5);
    assertThat(bins.edge(bins.count())).isGreaterThanOrEqualTo(7.25);
  }

  @Test
  void aFewFarScoresLeaveThePictureOfTheOthersAlone() {
    Random random = new Random(3);
    double[] scores =
        DoubleStream.concat(
                DoubleStream.generate(random::nextGaussian).limit(2_000), DoubleStream.of(9e8))
            .toArray();
    Bins bins = Bins.over(scores);
    assertThat(bins.width()).isLessThan(1);
    List<Double> shares = bins.shares(scores);
    assertThat(shares.stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(1e-9));
  }

  @Test
  void equalScoresHaveOneBinAround() {
    assertThat(edges(Bins.over(new double[] {1.25, 1.25}))).containsExactly(0.75, 1.75);
    assertThat(Bins.over(new double[] {1e300, 1e300}).count()).isEqualTo(1);
    assertThat(Bins.over(new double[] {-3e38, 3e38}).count()).isBetween(10, 30);
  }

  @Test
  void needsAValue() {
    assertThatThrownBy(() -> Bins.over(new double[0]))
        .hasMessage("bins: expected at least one value, found none");
    assertThatThrownBy(() -> new Bins(0, -1, 3))
        .hasMessage("bins: expected at least one of a width above 0, found 3 of -1.0 from 0.0");
  }
}
