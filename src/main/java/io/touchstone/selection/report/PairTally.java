package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Takes in pairs of a chosen and a rejected response, row by row. */
final class PairTally {
  private final SourceScores margins;
  private final long[] wins;
  private final long[] ties;
  private long rows;

  /**
   * @param width scores of a response
   */
  PairTally(int width, int mostInSample) {
    this.margins = new SourceScores(width, mostInSample);
    this.wins = new long[width];
    this.ties = new long[width];
  }

  /**
   * @param responses of one row; where none is chosen or none rejected, there is no pair
   */
  void add(List<ScoredResponse> responses) {
    List<ScoredResponse> chosen = of(responses, ScoredResponse.Side.CHOSEN);
    List<ScoredResponse> rejected = of(responses, ScoredResponse.Side.REJECTED);
    if (chosen.isEmpty() || rejected.isEmpty()) {
      return;
    }
    rows++;
    for (ScoredResponse better : chosen) {
      for (ScoredResponse worse : rejected) {
        double[] margin = new double[wins.length];
        for (int c = 0; c < margin.length; c++) {
          margin[c] = better.scores()[c] - worse.scores()[c];
          wins[c] += margin[c] > 0 ? 1 : 0;
          ties[c] += margin[c] == 0 ? 1 : 0;
        }
        margins.add(margin, 0);
      }
    }
  }

  private static List<ScoredResponse> of(List<ScoredResponse> all, ScoredResponse.Side side) {
    List<ScoredResponse> found = new ArrayList<>();
    for (ScoredResponse response : all) {
      if (response.side() == side) {
        found.add(response);
      }
    }
    return found;
  }

  /** Empty where there is no pair. */
  OptionalDouble winRate(int column) {
    return rows == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) wins[column] / margins.count());
  }

  /** Null where there is no pair. */
  @Nullable Preference figures(int column, Optional<PairTally> older, int olderColumn) {
    if (rows == 0) {
      return null;
    }
    double rate = winRate(column).orElseThrow();
    Interval within = Interval.ofShare(rate, rows);
    Optional<PairTally> before = older.filter(tally -> tally.rows > 0);
    return new Preference(
        rows,
        margins.count(),
        wins[column],
        ties[column],
        rate,
        within.low(),
        within.high(),
        margins.distribution(column),
        Histogram.of(
            margins.scores(column), before.map(tally -> tally.margins.scores(olderColumn))),
        before.map(tally -> tally.winRate(olderColumn).orElseThrow()).orElse(null));
  }
}
