package io.touchstone.spark.annotate;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.commit.CommitStore;
import io.touchstone.files.commit.PieceOutput;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.PieceInput;
import io.touchstone.files.read.SpillFolder;
import io.touchstone.jobs.annotate.AnnotateRecord;
import io.touchstone.jobs.annotate.LedgerChoice;
import io.touchstone.problem.JobException;
import io.touchstone.reward.Attributes;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.RewardText;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.pipeline.AnnotationSink;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.scoring.pipeline.Annotator;
import io.touchstone.scoring.pipeline.KnownTotals;
import io.touchstone.spark.progress.ProgressReport;
import io.touchstone.spark.replica.Replica;
import io.touchstone.spark.watch.AttemptMarks;
import io.touchstone.spark.watch.MarkedRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try at one piece, in one task. */
public final class AnnotateAttempt {

  private static final Logger LOG = LoggerFactory.getLogger(AnnotateAttempt.class);

  private final Piece piece;
  private final AnnotatePieces job;
  private final Configuration hadoop;
  private final String executor;
  private final long begun = System.nanoTime();

  public AnnotateAttempt(Piece piece, AnnotatePieces job, Configuration hadoop, String executor) {
    this.piece = piece;
    this.job = job;
    this.hadoop = hadoop;
    this.executor = executor;
  }

  /**
   * @throws JobException naming the piece and the cause
   */
  public void run() {
    try (SpillFolder spills = new SpillFolder()) {
      CommitStore placement = new CommitStore(job.layout(), hadoop);
      if (isCommitted(placement)) {
        return;
      }
      PieceInput input = new PieceInput(hadoop, job.settings().maxLineBytes(), spills);
      try {
        run(placement, input);
      } catch (IOException | RuntimeException e) {
        // Another attempt may have ended the job, and taken what this one was writing.
        if (!isCommitted(placement)) {
          throw e;
        }
      }
    } catch (UncheckedIOException e) {
      throw failed(Objects.requireNonNullElse(e.getCause(), e));
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  private boolean isCommitted(CommitStore placement) throws IOException {
    boolean committed = placement.files().exists(job.layout().stats(piece.index()));
    if (committed) {
      LOG.info("{} is committed already", piece);
    }
    return committed;
  }

  private void run(CommitStore placement, PieceInput input) throws IOException {
    String attempt = UUID.randomUUID().toString();
    AttemptMarks marks = new AttemptMarks(placement, job.layout(), piece.index());
    try (LineSource lines = input.open(piece);
        PieceOutput output = new PieceOutput(placement, job.layout(), piece.index(), attempt)) {
      AnnotationTotals totals = annotate(lines, output, marks, attempt);
      output.finish();
      commit(output, stats(lines, output, totals));
      marks.forget();
    }
  }

  private AnnotationTotals annotate(
      LineSource lines, PieceOutput output, AttemptMarks marks, String attempt) throws IOException {
    RowFormat format = piece.file().format();
    if (format == null || piece.bytes() == 0) {
      return countBlank(lines);
    }
    ScorerFactory scorers = job.scorers();
    TaskSettings settings = job.settings();
    RewardText text =
        new RewardText(
            new Attributes(scorers.model().attributes()),
            settings.labels(),
            settings.calibration(),
            settings.writing().weighing());
    Lines handed = new Lines(lines);
    ProgressReport report = new ProgressReport(job.counters(), piece, handed::inputBytes);
    AnnotationTotals totals;
    Scorer scorer = Replica.of(scorers).scorer(scorers);
    try (KnownScores known = new LedgerChoice(settings.ledger()).open(scorers.model(), hadoop);
        MarkedRows watch =
            new MarkedRows(
                piece, marks.suspicions(), marks.create(attempt), settings.rowSeconds())) {
      Annotator annotator =
          new Annotator(
              scorer,
              new RowReader(format, settings.turns(), settings.writing().fields())::read,
              text,
              known);
      totals = annotator.watchedBy(watch).annotate(handed, new Sink(output, report));
    }
    if (lines.remains().isPresent()) {
      LineSource.Remains remains = lines.remains().get();
      output.rejected(remains.line(), remains.why());
      totals = totals.plus(oneRejected(remains.why()));
    }
    report.update(totals);
    return totals;
  }

  /** There is no row, as the planner found, and no need for a replica: all lines are blank. */
  private AnnotationTotals countBlank(LineSource lines) throws IOException {
    long blank = 0;
    for (RawLine line = lines.next(); line != null; line = lines.next()) {
      if (!line.isBlank()) {
        throw new IOException("expected no rows, as when the job was planned, found a line");
      }
      blank++;
    }
    return totals(0, blank, new TreeMap<>());
  }

  private static AnnotationTotals oneRejected(Rejected why) {
    TreeMap<String, Long> kinds = new TreeMap<>();
    kinds.put(why.kind(), 1L);
    return totals(1, 0, kinds);
  }

  private static AnnotationTotals totals(long in, long blank, TreeMap<String, Long> rejected) {
    return new AnnotationTotals(
        in, 0, blank, rejected, 0, 0, 0, 0, 0, 0, List.of(), KnownTotals.NONE);
  }

  private AnnotateRecord stats(LineSource lines, PieceOutput output, AnnotationTotals totals) {
    return new AnnotateRecord(
        piece.index(),
        piece.file().path(),
        piece.start(),
        lines.inputBytes(),
        output.rows(),
        output.rejects(),
        output.partBytes(),
        Replica.of(job.scorers()).takeLoadNanos(),
        System.nanoTime() - begun,
        executor,
        ProcessHandle.current().pid(),
        totals);
  }

  private void commit(PieceOutput output, AnnotateRecord stats) throws IOException {
    if (!stats.contradictions().isEmpty()) {
      throw new IOException(String.join("; ", stats.contradictions()));
    }
    if (output.commit(stats)) {
      LOG.info(
          "{} committed: {} rows, {} rejected, {} tokens",
          piece,
          stats.rows(),
          stats.rejects(),
          stats.totals().presentedTokens());
    } else {
      LOG.info("{} was committed by another attempt", piece);
    }
  }

  private JobException failed(Throwable cause) {
    String why = cause.getMessage();
    String message = piece + ": " + (why == null ? cause.getClass().getSimpleName() : why);
    LOG.error(message, cause);
    return new JobException(message, cause);
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
      TaskContext task = TaskContext.get();
      if (task != null && task.isInterrupted()) {
        throw new IOException("the task was cancelled");
      }
      report.update(soFar);
    }
  }

  /** Read by the annotator's own thread; only {@link #inputBytes()} is asked from others. */
  private static final class Lines implements Iterator<RawLine> {

    private final LineSource lines;
    private @Nullable RawLine next;
    private volatile long inputBytes;

    Lines(LineSource lines) {
      this.lines = lines;
    }

    @Override
    public boolean hasNext() {
      try {
        if (next == null) {
          next = lines.next();
          inputBytes = lines.inputBytes();
        }
        return next != null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    long inputBytes() {
      return inputBytes;
    }

    @Override
    public RawLine next() {
      RawLine line = hasNext() ? next : null;
      if (line == null) {
        throw new NoSuchElementException("after the last line");
      }
      next = null;
      return line;
    }
  }
}
