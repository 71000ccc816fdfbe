package io.touchstone.spark.generate;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.commit.PieceOutput;
import io.touchstone.files.read.LineIterator;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.PieceInput;
import io.touchstone.generation.Generator;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.jobs.generate.GenerateRecord;
import io.touchstone.jobs.generate.GenerateTotals;
import io.touchstone.reward.Rejected;
import io.touchstone.spark.attempt.Attempt;
import io.touchstone.spark.attempt.OpenPiece;
import io.touchstone.spark.attempt.PieceWork;
import io.touchstone.spark.progress.ExecutorMetrics;
import io.touchstone.spark.progress.ProgressReport;
import io.touchstone.spark.replica.Preflight;
import io.touchstone.spark.replica.Replica;
import io.touchstone.spark.watch.AttemptMarks;
import io.touchstone.spark.watch.MappedModel;
import io.touchstone.spark.watch.MarkedPrompts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * Has the lines of a piece answered, each kept from the moment at which it is, and writes all of
 * them in their order.
 */
public final class GenerateWork implements PieceWork<GenerateRecord> {

  private final GenerateTask task;
  private final GeneratorFactory generators;
  private final String executor;
  private final LongAccumulator unsteady;
  private Optional<AttemptMarks> marks = Optional.empty();
  private Optional<FinishedRows> finished = Optional.empty();

  /**
   * @param executor as the records of its pieces name it
   * @param unsteady counts pieces that were answered where an answer may follow its company
   */
  public GenerateWork(
      GenerateTask task, GeneratorFactory generators, String executor, LongAccumulator unsteady) {
    this.task = task;
    this.generators = generators;
    this.executor = executor;
    this.unsteady = unsteady;
  }

  /** The generator of this process and task. */
  static Replica<Generator> replica(GeneratorFactory generators) {
    return Replica.of(generators, (opened, place, nanos) -> opened);
  }

  /** Opens the generator of whatever process it comes to. */
  static Preflight.Opening opening(GeneratorFactory generators) {
    return () -> replica(generators).model(generators);
  }

  @Override
  public GenerateRecord work(OpenPiece open) throws IOException {
    RowFormat format = open.piece().file().format();
    if (format == null || open.piece().bytes() == 0) {
      TotalsOfPiece blank = new TotalsOfPiece();
      blank.blank(open.blankLines());
      open.outputs().finish();
      return record(open, blank.totals());
    }
    Generator generator = replica(generators).model(generators);
    // It stays in this process for the next attempt: nothing is answered by what is not the model.
    generator.confirm();
    try {
      GenerateTotals totals = generate(open, format, generator);
      open.outputs().finish();
      return record(open, totals);
    } finally {
      // Whatever went wrong, what has become of the model comes first.
      generator.confirm();
    }
  }

  @Override
  public void committed() throws IOException {
    if (marks.isPresent()) {
      marks.get().forget();
    }
    if (finished.isPresent()) {
      finished.get().forget();
    }
  }

  private GenerateTotals generate(OpenPiece open, RowFormat format, Generator generator)
      throws IOException {
    AttemptMarks left =
        new AttemptMarks(
            open.first(), open.piece().index(), MappedModel.here(generator.mappedFiles()));
    marks = Optional.of(left);
    LineIterator lines = new LineIterator(open.lines());
    ProgressReport report =
        new ProgressReport(open.counters(), open.piece(), lines, ExecutorMetrics.Work.GENERATION);
    try (FinishedRows rows = FinishedRows.open(open.first(), open.piece().index(), open.attempt());
        MarkedPrompts watch =
            new MarkedPrompts(
                open.piece(), left.suspicions(), left.create(open.attempt()), task.passSeconds());
        PromptFlow flow = new PromptFlow(generator, task.prompts().source(format), watch, rows)) {
      finished = Optional.of(rows);
      flow.run(report.lines(), done -> progress(report, done));
      rows.finish();
      if (!generator.keepsBits()) {
        unsteady.add(1);
      }
      return write(open, rows, flow);
    }
  }

  private static void progress(ProgressReport report, ProgressReport.Done done) throws IOException {
    Attempt.refuseCancelled();
    report.update(done);
  }

  /** Reads the lines once more: what became of each is written in their order. */
  private GenerateTotals write(OpenPiece open, FinishedRows rows, PromptFlow flow)
      throws IOException {
    TotalsOfPiece totals = new TotalsOfPiece();
    PieceOutput output = open.outputs().first();
    try (LineSource again = new PieceInput(open.hadoop(), task.maxLineBytes()).open(open.piece())) {
      for (@Nullable RawLine line = again.next(); line != null; line = again.next()) {
        if (line.isBlank()) {
          totals.blank(1);
          continue;
        }
        Attempt.refuseCancelled();
        Optional<Rejected> convicted = flow.convicted(line.offset());
        if (convicted.isPresent()) {
          output.rejected(line, convicted.get());
          totals.rejected(convicted.get());
          continue;
        }
        FinishedRow row = rows.read(line.offset());
        if (row.rejected() != null) {
          output.rejected(line, row.rejected());
          totals.rejected(row.rejected());
        } else {
          output.row(String.valueOf(row.row()).getBytes(StandardCharsets.UTF_8));
          totals.answered(row, rows.isEarlier(line.offset()));
        }
      }
    }
    Optional<Rejected> remains = open.rejectRemains();
    remains.ifPresent(totals::rejected);
    totals.spent(flow.spent().plus(rows.spentBefore()));
    return totals.totals();
  }

  private GenerateRecord record(OpenPiece open, GenerateTotals totals) {
    Piece piece = open.piece();
    PieceOutput output = open.outputs().first();
    return new GenerateRecord(
        piece.index(),
        piece.file().path(),
        piece.start(),
        open.lines().inputBytes(),
        output.rows(),
        output.rejects(),
        output.partBytes(),
        replica(generators).takeLoadNanos(),
        open.wallNanos(),
        executor,
        ProcessHandle.current().pid(),
        totals);
  }
}
