package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Bins;
import java.util.List;
import java.util.Optional;

/**
 * A picture of scores.
 *
 * @param edges of the bins, as {@link Bins} counts by them; what lies beyond is in the outermost
 * @param shares of the scores, by bin
 * @param olderShares those of the older result; empty without one
 */
public record Histogram(List<Double> edges, List<Double> shares, List<Double> olderShares) {

  static Histogram of(double[] scores, Optional<double[]> older) {
    Bins bins = older.map(of -> Bins.over(scores, of)).orElseGet(() -> Bins.over(scores));
    return new Histogram(
        bins.edges(), bins.shares(scores), older.map(bins::shares).orElse(List.of()));
  }

  /** The shares of other scores in the same bins. */
  List<Double> sharesOf(double[] scores) {
    return new Bins(edges).shares(scores);
  }

  public double edge(int bin) {
    return edges.get(bin);
  }

  public double low() {
    return edge(0);
  }

  public double high() {
    return edge(shares.size());
  }
}
