package io.touchstone.selection.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BinsTest {

  private static List<Double> edges(Bins bins) {
    return bins.edges();
  }

  private static double width(Bins bins) {
    return bins.edges().get(1) - bins.edges().get(0);
  }

  @Test
  void aValueOnAnEdgeCountsWhereABinBeginsAsWithNumpy() {
    double[] scores =
        IntStream.range(0, 100).mapToDouble(i -> Double.parseDouble("" + i / 5 / 10.0)).toArray();
    Bins bins = Bins.over(scores);
    assertThat(edges(bins)).startsWith(0.0, 0.1, 0.2, 0.3).endsWith(1.8, 1.9, 2.0).hasSize(21);
    assertThat(bins.shares(scores)).isEqualTo(Collections.nCopies(20, 0.05));
    assertThat(bins.shares(new double[] {-9, 0.3, Math.nextDown(0.3), 2, 9}))
        .startsWith(0.2, 0.0, 0.2, 0.2)
        .endsWith(0.4);
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
    assertThat(width(bins)).isEqualTo(0.25);
    assertThat(edges(bins)).startsWith(-0.25, 0.0, 0.25).endsWith(3.75, 4.0, 4.25).hasSize(19);
    assertThat(edges(Bins.over(new double[] {0.05, 1.95}))).contains(0.3, 0.6, 0.7);
  }

  @Test
  void bothResultsShareTheBins() {
    Bins bins = Bins.over(new double[] {0.5, 1.5}, new double[] {7.25});
    assertThat(edges(bins).get(0)).isLessThanOrEqualTo(0.5);
    assertThat(edges(bins).get(edges(bins).size() - 1)).isGreaterThanOrEqualTo(7.25);
  }

  @Test
  void aFewFarScoresLeaveThePictureOfTheOthersAlone() {
    Random random = new Random(3);
    double[] scores =
        DoubleStream.concat(
                DoubleStream.generate(random::nextGaussian).limit(2_000), DoubleStream.of(9e8))
            .toArray();
    Bins bins = Bins.over(scores);
    assertThat(width(bins)).isLessThan(1);
    List<Double> shares = bins.shares(scores);
    assertThat(shares.stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(1e-9));
  }

  @Test
  void equalScoresHaveOneBinAround() {
    assertThat(edges(Bins.over(new double[] {1.25, 1.25}))).containsExactly(0.75, 1.75);
    assertThat(edges(Bins.over(new double[] {1e300, 1e300}))).hasSize(2);
    assertThat(edges(Bins.over(new double[] {1e16, 1e16 + 20, 1e16 + 60}))).hasSize(2);
    assertThat(edges(Bins.over(new double[] {-3e38, 3e38}))).hasSizeBetween(11, 31);
  }

  @Test
  void needsAValue() {
    assertThatThrownBy(() -> Bins.over(new double[0]))
        .hasMessage("bins: expected at least one value, found none");
    assertThatThrownBy(() -> new Bins(List.of(0.0, 1.0, 1.0)))
        .hasMessage("bins: expected edges that rise, found 1.0 and 1.0");
    assertThatThrownBy(() -> new Bins(List.of(0.0)))
        .hasMessage("bins: expected two edges or more, found 1");
  }
}
