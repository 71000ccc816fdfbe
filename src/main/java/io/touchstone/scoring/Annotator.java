package io.touchstone.scoring;

import io.touchstone.conversation.ParsedLine;
import io.touchstone.conversation.RawLine;
import io.touchstone.conversation.Row;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.PendingLine.ToReject;
import io.touchstone.scoring.PendingLine.ToScore;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes lines to enriched or rejected lines, in order, one load of the model after another. */
public final class Annotator {
  private final Scorer scorer;
  private final Function<byte[], ParsedLine> reader;
  private final RewardText text;
  private final Isolation isolation;
  private final KnownScores known;

  /** With nothing known before. */
  public Annotator(Scorer scorer, Function<byte[], ParsedLine> reader, RewardText text) {
    this(scorer, reader, text, KnownScores.NONE);
  }

  /**
   * @param reader from the UTF-8 bytes of a line to its row
   * @param known what need not be scored; stays the caller's
   */
  public Annotator(
      Scorer scorer, Function<byte[], ParsedLine> reader, RewardText text, KnownScores known) {
    this.scorer = scorer;
    this.reader = reader;
    this.text = text;
    this.isolation = new Isolation(scorer);
    this.known = known;
  }

  /**
   * Annotates every line; each arrives at the sink once, in the order of {@code lines}. At the end
   * the scores that were not known before are published.
   *
   * @param lines is read on another thread, while the model computes
   * @return the totals over all of them
   */
  public AnnotationTotals annotate(Iterator<RawLine> lines, AnnotationSink sink)
      throws IOException {
    TotalsCounter totals = new TotalsCounter();
    try (ReadAhead ahead = new ReadAhead(new LoadReader(lines, reader, scorer, known))) {
      for (Optional<Load> load = ahead.next(); load.isPresent(); load = ahead.next()) {
        finish(load.get(), sink, totals);
      }
    }
    known.publish();
    return totals.totals();
  }

  private void finish(Load load, AnnotationSink sink, TotalsCounter totals) throws IOException {
    totals.read(load);
    // Again: what the load before this one gave came too late for the reading thread.
    List<RecalledRow> recalled =
        load.rows().stream().map(row -> row.recall(known::recent)).toList();
    List<PreparedRow> rows = RecalledRow.missing(recalled);
    LoadResult result = rows.isEmpty() ? new LoadResult(List.of(), 0, 0) : isolation.score(rows);
    if (result.verdicts().size() != rows.size()) {
      throw new ScorerException(
          "scorer: expected " + rows.size() + " verdicts, found " + result.verdicts().size());
    }
    totals.computed(result);
    Iterator<Verdict> verdicts = result.verdicts().iterator();
    Iterator<RecalledRow> next = recalled.iterator();
    for (PendingLine pending : load.lines()) {
      if (pending instanceof ToReject bad) {
        reject(bad.line(), bad.why(), sink, totals);
      } else if (pending instanceof ToScore row) {
        RecalledRow of = next.next();
        Verdict verdict = of.missing().isPresent() ? verdicts.next() : new Scored(List.of());
        finish(new ToScore(row.line(), row.row(), of), verdict, sink, totals);
      }
    }
    sink.progress(totals.totals());
  }

  private void finish(ToScore row, Verdict given, AnnotationSink sink, TotalsCounter totals)
      throws IOException {
    Verdict verdict = text.weighed(given);
    if (verdict instanceof Rejected why) {
      reject(row.line(), why, sink, totals);
    } else if (verdict instanceof Scored scored) {
      Scored all = row.recalled().complete(scored.rewards());
      sink.enriched(row.row().enrich(values(row.row(), all)));
      totals.scored(row.recalled(), all, text);
      totals.recalled(row.recalled(), row.recalled().remember(scored.rewards(), known));
    }
  }

  private static void reject(RawLine line, Rejected why, AnnotationSink sink, TotalsCounter totals)
      throws IOException {
    sink.rejected(line, why);
    totals.rejected(why);
  }

  private List<String> values(Row row, Scored scored) {
    return text.values(scored, row.writesLabels() ? text::label : text::json);
  }
}
