package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Bins;
import java.util.List;
import java.util.Optional;

/**
 * A picture of scores.
 *
 * @param low of the first bin, which holds what lies below it too
 * @param width of each bin; the last one holds what lies above it too
 * @param shares of the scores, by bin
 * @param olderShares those of the older result; empty without one
 */
public record Histogram(double low, double width, List<Double> shares, List<Double> olderShares) {

  static Histogram of(double[] scores, Optional<double[]> older) {
    Bins bins = older.map(of -> Bins.over(scores, of)).orElseGet(() -> Bins.over(scores));
    return new Histogram(
        bins.low(), bins.width(), bins.shares(scores), older.map(bins::shares).orElse(List.of()));
  }

  private Bins bins() {
    return new Bins(low, width, shares.size());
  }

  /** The shares of other scores in the same bins. */
  List<Double> sharesOf(double[] scores) {
    return bins().shares(scores);
  }

  double edge(int bin) {
    return bins().edge(bin);
  }

  double high() {
    return edge(shares.size());
  }
}
