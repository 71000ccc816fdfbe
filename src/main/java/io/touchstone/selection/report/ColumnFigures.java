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
    Map<String, SourceFigures> bySource,
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
      return tally.sample().scores(column);
    }

    DriftFigures.Side side() {
      return new DriftFigures.Side(sample(), tally.distribution(column));
    }
  }

  static ColumnFigures of(Of newer, Optional<Of> older) {
    Tally tally = newer.tally;
    double[] scores = newer.sample();
    Histogram histogram =
        older.map(of -> Histogram.of(scores, of.sample())).orElseGet(() -> Histogram.of(scores));
    Map<String, SourceFigures> bySource = new LinkedHashMap<>();
    tally
        .bySource()
        .forEach(
            (source, found) ->
                bySource.put(
                    source,
                    new SourceFigures(
                        found.distribution(newer.column),
                        histogram.sharesOf(found.sample().scores(newer.column)))));
    return new ColumnFigures(
        tally.distribution(newer.column),
        histogram,
        bySource,
        LengthBias.of(scores, tally.sample().lengths(), tally.lengthPearson(newer.column)),
        older.map(of -> DriftFigures.of(newer.name(), of.side(), newer.side())).orElse(null),
        tally.highest(newer.column),
        tally.lowest(newer.column));
  }
}
