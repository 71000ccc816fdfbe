package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Quantile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All about one column: an attribute, or the scores of one of several models.
 *
 * @param percentiles from the lowest to the highest score in steps of one percent, 101 of them; by
 *     them later reports tell drift from this result
 * @param labels how often each score comes, where all are whole numbers and 30 at most are
 *     different; else empty
 * @param olderLabels the same of the older result
 * @param preference null where no row has a chosen and a rejected response
 * @param bySource by input file
 * @param drift null without an older result that has the column
 * @param highest the furthest first
 * @param lowest the furthest first
 */
public record ColumnFigures(
    Distribution scores,
    List<Double> percentiles,
    SortedMap<Long, Long> labels,
    SortedMap<Long, Long> olderLabels,
    Histogram histogram,
    @Nullable Preference preference,
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

    SortedMap<Long, Long> labels() {
      return tally.values(column);
    }
  }

  /**
   * The scores of one input file.
   *
   * @param shares of its scores in the bins of the column's histogram
   * @param winRate as {@link Preference} has it; null where no row has two sides
   */
  public record Source(Distribution scores, List<Double> shares, @Nullable Double winRate) {}

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
                        histogram.sharesOf(found.scores(newer.column)),
                        Report.orNull(tally.winRate(source, newer.column)))));
    return new ColumnFigures(
        newer.scores(),
        percentiles(scores),
        newer.labels(),
        older.map(Of::labels).orElse(new TreeMap<>()),
        histogram,
        tally
            .pairs()
            .figures(
                newer.column, older.map(of -> of.tally.pairs()), older.map(Of::column).orElse(0)),
        bySource,
        LengthBias.of(scores, tally.all().lengths(), tally.lengthPearson(newer.column)),
        older.map(of -> DriftFigures.of(of, newer)).orElse(null),
        tally.highest(newer.column),
        tally.lowest(newer.column));
  }

  private static List<Double> percentiles(double[] scores) {
    double[] shares = IntStream.rangeClosed(0, 100).mapToDouble(i -> i / 100.0).toArray();
    return Arrays.stream(Quantile.of(scores, shares)).boxed().toList();
  }
}
