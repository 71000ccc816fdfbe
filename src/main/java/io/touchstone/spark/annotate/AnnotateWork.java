package io.touchstone.spark.annotate;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.commit.PieceOutput;
import io.touchstone.files.read.LineIterator;
import io.touchstone.files.read.Piece;
import io.touchstone.jobs.annotate.AnnotateRecord;
import io.touchstone.jobs.annotate.LedgerChoice;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.RewardText;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.pipeline.AnnotationSink;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.scoring.pipeline.Annotator;
import io.touchstone.scoring.pipeline.KnownTotals;
import io.touchstone.scoring.pipeline.UnsteadyBitsException;
import io.touchstone.spark.attempt.Attempt;
import io.touchstone.spark.attempt.OpenPiece;
import io.touchstone.spark.attempt.PieceWork;
import io.touchstone.spark.progress.ExecutorMetrics;
import io.touchstone.spark.progress.ProgressReport;
import io.touchstone.spark.replica.Replica;
import io.touchstone.spark.watch.AttemptMarks;
import io.touchstone.spark.watch.MappedModel;
import io.touchstone.spark.watch.MarkedRows;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.util.LongAccumulator;

/** Scores the lines of a piece, and writes them with their scores. */
public final class AnnotateWork implements PieceWork<AnnotateRecord> {

  private final TaskSettings settings;
  private final ScorerFactory scorers;
  private final String executor;
  private final LongAccumulator unsteady;
  private Optional<AttemptMarks> marks = Optional.empty();

  /**
   * @param executor as the records of its pieces name it
   * @param unsteady counts pieces that were scored where bits follow a conversation's company
   */
  public AnnotateWork(
      TaskSettings settings, ScorerFactory scorers, String executor, LongAccumulator unsteady) {
    this.settings = settings;
    this.scorers = scorers;
    this.executor = executor;
    this.unsteady = unsteady;
  }

  @Override
  public AnnotateRecord work(OpenPiece open) throws IOException {
    RowFormat format = open.piece().file().format();
    if (format == null || open.piece().bytes() == 0) {
      AnnotationTotals blank = totals(0, open.blankLines(), Map.of());
      open.outputs().finish();
      return record(open, blank);
    }
    Replica<Scorer> replica = Replica.of(scorers);
    Scorer scorer = replica.model(scorers);
    // It stays in this process for the next attempt: nothing is scored with what is not the model.
    scorer.confirm();
    try {
      AnnotationTotals totals = annotate(open, format, replica, scorer);
      open.outputs().finish();
      return record(open, totals);
    } finally {
      // Whatever went wrong, what has become of the model comes first.
      scorer.confirm();
    }
  }

  @Override
  public boolean isToBeginAnew(RuntimeException failure) {
    return failure instanceof UnsteadyBitsException;
  }

  @Override
  public void committed() throws IOException {
    if (marks.isPresent()) {
      marks.get().forget();
    }
  }

  private AnnotationTotals annotate(
      OpenPiece open, RowFormat format, Replica<Scorer> replica, Scorer scorer) throws IOException {
    AttemptMarks marks =
        new AttemptMarks(
            open.first(), open.piece().index(), MappedModel.here(scorer.mappedFiles()));
    this.marks = Optional.of(marks);
    RewardText text = settings.labels().text(scorers.model().attributes(), settings.writing());
    LineIterator handed = new LineIterator(open.lines());
    ProgressReport report =
        new ProgressReport(open.counters(), open.piece(), handed, ExecutorMetrics.Work.SCORING);
    AnnotationTotals totals;
    LedgerChoice ledger = replica.keepsBits() ? settings.ledger() : new LedgerChoice.None();
    try (KnownScores known = ledger.open(scorers.model(), scorer::confirm, open.hadoop());
        MarkedRows watch =
            new MarkedRows(
                open.piece(),
                marks.suspicions(),
                marks.create(open.attempt()),
                settings.rowSeconds())) {
      Annotator annotator =
          new Annotator(
              scorer,
              new RowReader(format, settings.rules(), settings.writing().fields())::read,
              text,
              known);
      totals =
          annotator
              .watchedBy(watch)
              .groupedBy(settings.groupBytes())
              .annotate(report.lines(), new Sink(open.outputs().first(), report));
    }
    if (!replica.keepsBits()) {
      unsteady.add(1);
    }
    Optional<Rejected> remains = open.rejectRemains();
    if (remains.isPresent()) {
      totals = totals.plus(totals(1, 0, Map.of(remains.get().kind(), 1L)));
    }
    report.update(ProgressReport.Done.of(totals));
    return totals;
  }

  private static AnnotationTotals totals(long in, long blank, Map<String, Long> rejected) {
    return new AnnotationTotals(
        in,
        0,
        blank,
        new TreeMap<>(rejected),
        new TreeMap<>(),
        0,
        0,
        0,
        0,
        0,
        0,
        List.of(),
        KnownTotals.NONE);
  }

  private AnnotateRecord record(OpenPiece open, AnnotationTotals totals) {
    Piece piece = open.piece();
    PieceOutput output = open.outputs().first();
    return new AnnotateRecord(
        piece.index(),
        piece.file().path(),
        piece.start(),
        open.lines().inputBytes(),
        output.rows(),
        output.rejects(),
        output.partBytes(),
        Replica.of(scorers).takeLoadNanos(),
        open.wallNanos(),
        executor,
        ProcessHandle.current().pid(),
        totals);
  }

  private record Sink(PieceOutput output, ProgressReport report) implements AnnotationSink {

    @Override
    public void enriched(byte[] line) throws IOException {
      output.row(line);
    }

    @Override
    public void rejected(RawLine line, Rejected why) throws IOException {
      output.rejected(line, why);
    }

    @Override
    public void progress(AnnotationTotals soFar) throws IOException {
      Attempt.refuseCancelled();
      report.update(ProgressReport.Done.of(soFar));
    }
  }
}
