package io.touchstone.selection.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All about one column: an attribute, or the scores of one of several models.
 *
 * @param bySource by input file
 * @param drift null without an older result that has the column
 * @param highest the furthest first
 * @param lowest the furthest first
 */
public record ColumnFigures(
    Distribution scores,
    Histogram histogram,
    Map<String, Source> bySource,
    LengthBias length,
    @Nullable DriftFigures drift,
    List<Extreme> highest,
    List<Extreme> lowest) {

  /** A column of a tally. */
  record Of(Tally tally, int column) {
    String name() {
      return tally.names().get(column);
    }

    double[] sample() {
      return tally.all().scores(column);
    }

    Distribution scores() {
      return tally.all().distribution(column);
    }
  }

  /**
   * The scores of one input file.
   *
   * @param shares of its scores in the bins of the column's histogram
   */
  public record Source(Distribution scores, List<Double> shares) {}

  static ColumnFigures of(Of newer, Optional<Of> older) {
    Tally tally = newer.tally;
    double[] scores = newer.sample();
    Histogram histogram = Histogram.of(scores, older.map(Of::sample));
    Map<String, Source> bySource = new LinkedHashMap<>();
    tally
        .bySource()
        .forEach(
            (source, found) ->
                bySource.put(
                    source,
                    new Source(
                        found.distribution(newer.column),
                        histogram.sharesOf(found.scores(newer.column)))));
    return new ColumnFigures(
        newer.scores(),
        histogram,
        bySource,
        LengthBias.of(scores, tally.all().lengths(), tally.lengthPearson(newer.column)),
        older.map(of -> DriftFigures.of(of, newer)).orElse(null),
        tally.highest(newer.column),
        tally.lowest(newer.column));
  }
}
