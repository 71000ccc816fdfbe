package io.touchstone.scoring;

import io.touchstone.conversation.MalformedRow;
import io.touchstone.conversation.ParsedLine;
import io.touchstone.conversation.RawLine;
import io.touchstone.conversation.Row;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Takes lines to enriched or rejected lines, in order, one load of the model after another. */
public final class Annotator {

  /** Rows of a load wait in memory with their lines: many empty conversations must not add up. */
  private static final int MOST_PENDING_ROWS = 16_384;

  private static final long MOST_PENDING_BYTES = 128L << 20;

  private final Scorer scorer;
  private final Function<byte[], ParsedLine> reader;
  private final RewardText text;

  /**
   * @param reader from the UTF-8 bytes of a line to its row
   */
  public Annotator(Scorer scorer, Function<byte[], ParsedLine> reader, RewardText text) {
    this.scorer = scorer;
    this.reader = reader;
    this.text = text;
  }

  /**
   * Annotates every line; each arrives at the sink once, in the order of {@code lines}.
   *
   * @return the totals over all of them
   */
  public AnnotationTotals annotate(Iterator<RawLine> lines, AnnotationSink sink)
      throws IOException {
    TotalsCounter totals = new TotalsCounter();
    List<Pending> load = new ArrayList<>();
    long tokens = 0;
    long bytes = 0;
    while (lines.hasNext()) {
      RawLine line = lines.next();
      if (line instanceof RawLine.Whole whole && isBlank(whole.bytes())) {
        totals.blank();
        continue;
      }
      totals.read();
      long start = System.nanoTime();
      Pending pending = prepare(line);
      totals.prepared(System.nanoTime() - start);
      load.add(pending);
      if (line instanceof RawLine.Whole whole) {
        bytes += whole.bytes().length;
      }
      if (pending instanceof ToScore row) {
        tokens += row.prepared().presentedTokens();
      }
      if (tokens >= scorer.loadTokens()
          || load.size() >= MOST_PENDING_ROWS
          || bytes >= MOST_PENDING_BYTES) {
        finish(load, sink, totals);
        load.clear();
        tokens = 0;
        bytes = 0;
      }
    }
    finish(load, sink, totals);
    return totals.totals();
  }

  /** A line on its way through a load. */
  private sealed interface Pending {}

  private record ToScore(RawLine.Whole line, Row row, PreparedRow prepared) implements Pending {}

  private record ToReject(RawLine line, Rejected why) implements Pending {}

  private Pending prepare(RawLine line) {
    if (line instanceof RawLine.TooLong tooLong) {
      return new ToReject(
          line,
          new Rejected(
              "line-too-long",
              "expected a line of at most "
                  + tooLong.limit()
                  + " bytes, found "
                  + tooLong.length()));
    }
    RawLine.Whole whole = (RawLine.Whole) line;
    ParsedLine parsed = reader.apply(whole.bytes());
    if (parsed instanceof MalformedRow bad) {
      return new ToReject(line, new Rejected(bad.kind(), bad.reason()));
    }
    Row row = (Row) parsed;
    Preparation preparation = scorer.prepare(row.conversations());
    if (preparation instanceof Preparation.Unpreparable bad) {
      return new ToReject(line, bad.rejected());
    }
    return new ToScore(whole, row, (PreparedRow) preparation);
  }

  private void finish(List<Pending> load, AnnotationSink sink, TotalsCounter totals)
      throws IOException {
    List<PreparedRow> rows = new ArrayList<>();
    for (Pending pending : load) {
      if (pending instanceof ToScore row) {
        rows.add(row.prepared());
      }
    }
    LoadResult result = rows.isEmpty() ? new LoadResult(List.of(), 0, 0) : scorer.score(rows);
    if (result.verdicts().size() != rows.size()) {
      throw new ScorerException(
          "scorer: expected " + rows.size() + " verdicts, found " + result.verdicts().size());
    }
    totals.computed(result);
    Iterator<Verdict> verdicts = result.verdicts().iterator();
    for (Pending pending : load) {
      if (pending instanceof ToReject bad) {
        reject(bad.line(), bad.why(), sink, totals);
      } else if (pending instanceof ToScore row) {
        finish(row, verdicts.next(), sink, totals);
      }
    }
    sink.progress(totals.totals());
  }

  private void finish(ToScore row, Verdict verdict, AnnotationSink sink, TotalsCounter totals)
      throws IOException {
    if (verdict instanceof Rejected why) {
      reject(row.line(), why, sink, totals);
    } else if (verdict instanceof Scored scored) {
      sink.enriched(row.row().enrich(values(row.row(), scored)));
      totals.scored(row.prepared(), scored, text);
    }
  }

  private static void reject(RawLine line, Rejected why, AnnotationSink sink, TotalsCounter totals)
      throws IOException {
    sink.rejected(line, why);
    totals.rejected(why);
  }

  private List<String> values(Row row, Scored scored) {
    List<String> values = new ArrayList<>();
    for (Reward reward : scored.rewards()) {
      values.add(row.writesLabels() ? text.label(reward) : text.json(reward));
    }
    return values;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
