package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import io.touchstone.scoring.pipeline.PendingLine.ToReject;
import io.touchstone.scoring.pipeline.PendingLine.ToScore;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes lines to enriched or rejected lines, in order, one load of the model after another. */
public final class Annotator {
  private static final LoadResult NOTHING = new LoadResult(List.of(), 0, 0);

  private final LinePreparation preparation;
  private final RewardText text;
  private final RowWatch watch;

  /**
   * @param reader from the UTF-8 bytes of a line to its row
   * @param known what need not be scored; stays the caller's
   */
  public Annotator(
      Scorer scorer, Function<byte[], ParsedLine> reader, RewardText text, KnownScores known) {
    this(new LinePreparation(reader, new Isolation(scorer), known), text, RowWatch.NONE);
  }

  private Annotator(LinePreparation preparation, RewardText text, RowWatch watch) {
    this.preparation = preparation;
    this.text = text;
    this.watch = watch;
  }

  /** The same, with someone beside the rows. */
  public Annotator watchedBy(RowWatch watcher) {
    return new Annotator(preparation, text, watcher);
  }

  /**
   * A load and what the model made of it.
   *
   * @param recalled its rows, with what was known of them at last
   * @param result of those conversations that were not known
   */
  private record Done(Load load, List<RecalledRow> recalled, LoadResult result) {}

  /**
   * Annotates every line; each arrives at the sink once, in the order of {@code lines}. At the end
   * the scores that were not known before are published, and those of a scorer that writes after
   * each load.
   *
   * @param lines is read on another thread, while the model computes
   * @return the totals over all of them
   * @throws UnsteadyBitsException if scores that were given before cannot be used with the scorer
   */
  public AnnotationTotals annotate(Iterator<RawLine> lines, AnnotationSink sink)
      throws IOException {
    TotalsCounter totals = new TotalsCounter();
    try (ReadAhead ahead = new ReadAhead(new LoadReader(lines, preparation, watch))) {
      for (Optional<Load> load = ahead.next(); load.isPresent(); load = ahead.next()) {
        finish(score(load.get()), sink, totals);
        if (preparation.isolation().scorer().writes()) {
          preparation.known().publish();
        }
      }
    }
    preparation.known().publish();
    return totals.totals();
  }

  private Done score(Load load) throws IOException {
    Optional<RawLine> suspect = load.toIsolate();
    if (suspect.isPresent()) {
      makeReady();
      return watch.alone(suspect.get(), () -> scoreAlone(load, suspect.get()));
    }
    List<RecalledRow> rows = recalled(load.rows());
    if (RecalledRow.missing(rows).isEmpty()) {
      return new Done(load, rows, NOTHING);
    }
    makeReady();
    return watch.scoring(load.rowLines(), () -> run(load, rows));
  }

  private void makeReady() {
    Scorer scorer = preparation.isolation().scorer();
    scorer.ready();
    if (preparation.known() != KnownScores.NONE && !scorer.keepsBits()) {
      throw new UnsteadyBitsException();
    }
  }

  private Done scoreAlone(Load load, RawLine line) {
    long start = System.nanoTime();
    PendingLine prepared = preparation.of(line);
    long nanos = load.prepareNanos() + System.nanoTime() - start;
    Load one = new Load(List.of(prepared), load.blank(), nanos);
    return run(one, one.rows());
  }

  /**
   * Runs what is still missing: while this load waited for its turn, others may have run the same.
   * What it gives is told before the next load has its turn.
   */
  private Done run(Load load, List<RecalledRow> waited) {
    List<RecalledRow> recalled = recalled(waited);
    List<PreparedRow> rows = RecalledRow.missing(recalled);
    LoadResult result = rows.isEmpty() ? NOTHING : preparation.isolation().score(rows);
    if (result.verdicts().size() != rows.size()) {
      throw new ScorerException(
          "scorer: expected " + rows.size() + " verdicts, found " + result.verdicts().size());
    }
    Iterator<Verdict> verdicts = result.verdicts().iterator();
    for (RecalledRow row : recalled) {
      if (row.missing().isPresent() && verdicts.next() instanceof Scored scored) {
        row.tell(scored.rewards(), preparation.known());
      }
    }
    return new Done(load, recalled, result);
  }

  /** Again: what the load before this one gave came too late for the reading thread. */
  private List<RecalledRow> recalled(List<RecalledRow> rows) {
    return rows.stream().map(row -> row.recall(preparation.known()::recent)).toList();
  }

  private void finish(Done done, AnnotationSink sink, TotalsCounter totals) throws IOException {
    Load load = done.load();
    LoadResult result = done.result();
    totals.read(load);
    totals.computed(result);
    Iterator<Verdict> verdicts = result.verdicts().iterator();
    Iterator<RecalledRow> next = done.recalled().iterator();
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

  private void finish(ToScore row, Verdict verdict, AnnotationSink sink, TotalsCounter totals)
      throws IOException {
    if (verdict instanceof Rejected why) {
      reject(row.line(), why, sink, totals);
    } else if (verdict instanceof Scored scored) {
      Scored all =
          row.recalled()
              .complete(scored.rewards())
              .byConversation(row.row().conversations().size());
      Optional<Rejected> unwritable = RowText.unwritable(row.row(), all, text);
      if (unwritable.isPresent()) {
        reject(row.line(), unwritable.get(), sink, totals);
        return;
      }
      sink.enriched(RowText.of(row.row(), all, text));
      totals.scored(row, all, text);
      totals.recalled(
          row.recalled(), row.recalled().remember(scored.rewards(), preparation.known()));
    }
  }

  private static void reject(RawLine line, Rejected why, AnnotationSink sink, TotalsCounter totals)
      throws IOException {
    sink.rejected(line, why);
    totals.rejected(why);
  }
}
