package io.touchstone.selection.report;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.selection.statistics.Agreement;
import io.touchstone.selection.statistics.Comoments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the rows of a result one after another, in memory that does not grow with their number.
 *
 * <p>Counts, means, deviations, bounds, Pearson's correlation and the order of responses are of all
 * scores; what needs them side by side (quantiles, histograms, drift, Spearman's correlation) is of
 * all up to {@link #MOST_IN_SAMPLE}, and of an even sample of so many beyond.
 */
public final class Tally {

  static final int MOST_IN_SAMPLE = 200_000;
  private static final int MOST_IN_SAMPLE_OF_SOURCE = 2_000;

  /** Input files that have figures of their own. */
  private static final int MOST_SOURCES = 64;

  static final String OTHER_SOURCES = "all other files";

  private final ScoreReader reader;
  private final Settings settings;
  private @Nullable Columns columns;
  private long rows;

  /**
   * @param extremes how many of the highest and lowest responses are kept
   */
  public record Settings(int extremes, Texts texts) {}

  /** What is known once the first row has said which columns there are. */
  private static final class Columns {
    final SourceScores all;
    final OrderTally order;
    final PairTally pairs;
    final Map<String, PairTally> pairsBySource = new LinkedHashMap<>();
    final List<ValueCounts> values = new ArrayList<>();
    final Map<String, SourceScores> bySource = new LinkedHashMap<>();
    final List<Comoments> lengths = new ArrayList<>();
    final List<Extremes> highest = new ArrayList<>();
    final List<Extremes> lowest = new ArrayList<>();

    Columns(int width, int extremes) {
      all = new SourceScores(width, MOST_IN_SAMPLE);
      order = new OrderTally(width);
      pairs = new PairTally(width, MOST_IN_SAMPLE);
      for (int i = 0; i < width; i++) {
        lengths.add(new Comoments());
        values.add(new ValueCounts());
        highest.add(new Extremes(extremes, Extremes.HIGHEST));
        lowest.add(new Extremes(extremes, Extremes.LOWEST));
      }
    }

    /** The name by which the figures know a file. */
    String source(String name) {
      return bySource.containsKey(name) || bySource.size() < MOST_SOURCES ? name : OTHER_SOURCES;
    }
  }

  /**
   * @param source the input file that the line was read from when it was scored
   * @param file the part in which it stands now
   * @param number of the line in its part, from 1
   */
  public record Line(byte[] bytes, RowFormat format, String source, String file, long number) {}

  public Tally(ScoreReader reader, Settings settings) {
    this.reader = reader;
    this.settings = settings;
  }

  /**
   * @throws RowProblem if the line is no scored row
   */
  public void add(Line line) {
    List<ScoredResponse> responses = reader.read(line.bytes, line.format);
    if (responses.isEmpty()) {
      return;
    }
    int width = reader.columns().size();
    Columns into = columns == null ? new Columns(width, settings.extremes) : columns;
    columns = into;
    rows++;
    String name = into.source(line.source);
    SourceScores source =
        into.bySource.computeIfAbsent(
            name, of -> new SourceScores(width, MOST_IN_SAMPLE_OF_SOURCE));
    into.pairs.add(responses);
    // Its margins are in no figure, only how many there are.
    into.pairsBySource.computeIfAbsent(name, of -> new PairTally(width, 1)).add(responses);
    for (int i = 0; i < responses.size(); i++) {
      ScoredResponse response = responses.get(i);
      double[] scores = response.scores();
      int length = response.length();
      into.all.add(scores, length);
      source.add(scores, length);
      into.order.add(response);
      int number = i + 1;
      DoubleFunction<Extreme> extreme =
          score ->
              new Extreme(
                  line.file,
                  line.number,
                  number,
                  score,
                  length,
                  settings.texts.quoted(response.question()),
                  settings.texts.quoted(response.text()));
      for (int c = 0; c < width; c++) {
        into.lengths.get(c).add(scores[c], length);
        into.values.get(c).add(scores[c]);
        into.highest.get(c).add(scores[c], extreme);
        into.lowest.get(c).add(scores[c], extreme);
      }
    }
  }

  /** Those with a score at least. */
  public long rows() {
    return rows;
  }

  /** Candidates that had no score, and are in no figure. */
  public long without() {
    return reader.without();
  }

  /** Names of the columns, in their order; empty before the first row. */
  public List<String> names() {
    return reader.columns();
  }

  private Columns columns() {
    return Objects.requireNonNull(columns, "there is at least one row");
  }

  long responses() {
    return columns == null ? 0 : columns.all.count();
  }

  SourceScores all() {
    return columns().all;
  }

  Map<String, SourceScores> bySource() {
    return columns().bySource;
  }

  PairTally pairs() {
    return columns().pairs;
  }

  /** Of one of {@link #bySource}. */
  OptionalDouble winRate(String source, int column) {
    return Objects.requireNonNull(columns().pairsBySource.get(source), source).winRate(column);
  }

  /** How often each value comes, where they are labels; else empty. */
  SortedMap<Long, Long> values(int column) {
    return columns().values.get(column).counts();
  }

  OptionalDouble lengthPearson(int column) {
    return columns().lengths.get(column).pearson();
  }

  List<Extreme> highest(int column) {
    return columns().highest.get(column).list();
  }

  List<Extreme> lowest(int column) {
    return columns().lowest.get(column).list();
  }

  /** How each two of the columns agree. */
  List<PairAgreement> agreement() {
    List<double[]> ranks =
        IntStream.range(0, names().size())
            .mapToObj(column -> Agreement.ranks(all().scores(column)))
            .toList();
    OrderTally order = columns().order;
    List<PairAgreement> pairs = new ArrayList<>();
    for (int a = 0; a < ranks.size(); a++) {
      for (int b = a + 1; b < ranks.size(); b++) {
        long apart = order.pairs(a, b);
        pairs.add(
            new PairAgreement(
                names().get(a),
                names().get(b),
                Report.orNull(Agreement.pearson(ranks.get(a), ranks.get(b))),
                apart == 0 ? null : (double) order.alike(a, b) / apart,
                apart));
      }
    }
    return pairs;
  }
}
