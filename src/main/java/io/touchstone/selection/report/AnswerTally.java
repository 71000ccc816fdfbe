package io.touchstone.selection.report;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.selection.statistics.Moments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes in the answers of rows that {@code generate} has written, also where they were scored
 * since, in memory that does not grow with their number.
 */
public final class AnswerTally {
  public static final String LENGTH = "length";
  private static final int TOKENS = 0;
  private static final int CUT = 1;
  private static final int MOST_SOURCES = 64;

  private final SortedMap<String, Long> finishes = new TreeMap<>();
  private final SourceScores sample = new SourceScores(2, Tally.MOST_IN_SAMPLE);
  private final Moments tokens = new Moments();
  private final Moments logprobs = new Moments();
  private final Map<String, OfSource> bySource = new LinkedHashMap<>();
  private long rows;
  private long unreadable;
  private long thoughts;
  private long cutThoughts;
  private long empty;

  /** What is counted of one input file. */
  private static final class OfSource {
    final Moments tokens = new Moments();
    long cut;
  }

  /**
   * Counts the row's answers, if it has any of {@code generate}.
   *
   * @param source the input file that the row was read from
   */
  public void add(byte[] line, String source) {
    try {
      JsonRow row = JsonRow.read(line);
      if (AnswerRow.isGenerated(row)) {
        AnswerRow.read(row).forEach(answer -> add(answer, source));
        rows++;
      }
    } catch (RowProblem notOurs) {
      unreadable++;
    }
  }

  private void add(AnswerRow.Answer answer, String source) {
    boolean cut = answer.finish().equals(LENGTH);
    finishes.merge(answer.finish(), 1L, Long::sum);
    tokens.add(answer.tokens());
    if (!Double.isNaN(answer.logprob()) && answer.tokens() > 0) {
      logprobs.add(answer.logprob() / answer.tokens());
    }
    thoughts += answer.thought() ? 1 : 0;
    cutThoughts += answer.cutThought() ? 1 : 0;
    empty += answer.empty() ? 1 : 0;
    sample.add(new double[] {answer.tokens(), cut ? 1 : 0}, 0);
    String known =
        bySource.containsKey(source) || bySource.size() < MOST_SOURCES
            ? source
            : Tally.OTHER_SOURCES;
    OfSource of = bySource.computeIfAbsent(known, name -> new OfSource());
    of.tokens.add(answer.tokens());
    of.cut += cut ? 1 : 0;
  }

  /** Rows with answers. */
  public long rows() {
    return rows;
  }

  /** Rows that look like generated ones, and are in no figure. */
  public long unreadable() {
    return unreadable;
  }

  /** Empty before the first answer. */
  public Optional<AnswerFigures> figures() {
    if (tokens.count() == 0) {
      return Optional.empty();
    }
    double[] lengths = sample.scores(TOKENS);
    Map<String, AnswerFigures.Source> sources = new LinkedHashMap<>();
    bySource.forEach(
        (source, of) ->
            sources.put(
                source,
                new AnswerFigures.Source(
                    of.tokens.count(), of.tokens.mean(), of.tokens.max(), of.cut)));
    return Optional.of(
        new AnswerFigures(
            rows,
            tokens.count(),
            finishes,
            Distribution.of(tokens, lengths),
            LengthPicture.of(lengths, sample.scores(CUT)),
            logprobs.count() == 0
                ? null
                : new AnswerFigures.Logprobs(
                    logprobs.count(),
                    logprobs.mean(),
                    logprobs.deviation(),
                    logprobs.min(),
                    logprobs.max()),
            thoughts,
            cutThoughts,
            empty,
            sources,
            sample.isWhole()));
  }
}
