package io.touchstone.spark.attempt;

import io.touchstone.files.commit.AttemptFolder;
import io.touchstone.files.commit.OutputLayout;
import io.touchstone.files.commit.PieceOutputs;
import io.touchstone.files.read.InputChanges;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.PieceInput;
import io.touchstone.jobs.PieceRecord;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.TaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try at one piece, in one task: opens it, has it worked on, and commits what that gave. */
public final class Attempt {

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final Piece piece;
  private final PieceTask task;
  private final Configuration hadoop;
  private final long begun = System.nanoTime();

  public Attempt(Piece piece, PieceTask task, Configuration hadoop) {
    this.piece = piece;
    this.task = task;
    this.hadoop = hadoop;
  }

  /**
   * Does nothing if the piece is committed, and forgives what goes wrong if meanwhile it is.
   *
   * @throws JobException naming the piece and the cause
   */
  public <T extends Record & PieceRecord> void run(PieceWork<T> work) {
    try {
      List<AttemptFolder> folders = new ArrayList<>();
      for (OutputLayout layout : task.layouts()) {
        folders.add(AttemptFolder.of(layout, hadoop));
      }
      // A piece is committed there last.
      AttemptFolder first = folders.get(0);
      if (isCommitted(first)) {
        return;
      }
      try {
        runTwiceAtMost(work, folders, new PieceInput(hadoop, task.maxLineBytes()));
      } catch (IOException | RuntimeException | FSError e) {
        // Another attempt may have ended the job, and taken what this one was writing.
        if (!isCommitted(first)) {
          throw e;
        }
      }
    } catch (UncheckedIOException e) {
      throw failed(Objects.requireNonNullElse(e.getCause(), e));
    } catch (IOException | RuntimeException | FSError e) {
      throw failed(e);
    }
  }

  /**
   * Spark leaves it to a task to look whether it is still wanted.
   *
   * @throws IOException if the task of this thread, should it have one, is cancelled
   */
  public static void refuseCancelled() throws IOException {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new IOException("the task was cancelled");
    }
  }

  private boolean isCommitted(AttemptFolder first) throws IOException {
    boolean committed = first.isCommitted(piece.index());
    if (committed) {
      LOG.info("{} is committed already", piece);
    }
    return committed;
  }

  private <T extends Record & PieceRecord> void runTwiceAtMost(
      PieceWork<T> work, List<AttemptFolder> folders, PieceInput input) throws IOException {
    try {
      run(work, folders, input);
    } catch (RuntimeException e) {
      if (!work.isToBeginAnew(e)) {
        throw e;
      }
      LOG.warn("{} is begun anew: {}", piece, e.getMessage());
      run(work, folders, input);
    }
  }

  private <T extends Record & PieceRecord> void run(
      PieceWork<T> work, List<AttemptFolder> folders, PieceInput input) throws IOException {
    String name = UUID.randomUUID().toString();
    // What an attempt before this one may have found, hours ago.
    new InputChanges(hadoop).refuse(piece.file());
    try (LineSource lines = input.open(piece);
        PieceOutputs outputs = PieceOutputs.open(folders, piece, name)) {
      commit(
          outputs,
          worked(
              work,
              new OpenPiece(
                  piece, name, lines, outputs, folders.get(0), task.counters(), hadoop, begun)));
      work.committed();
    }
  }

  private <T extends Record & PieceRecord> T worked(PieceWork<T> work, OpenPiece open)
      throws IOException {
    try {
      return work.work(open);
    } finally {
      // Whatever went wrong, what has become of the input comes first.
      new InputChanges(hadoop).refuse(piece.file());
    }
  }

  private <T extends Record & PieceRecord> void commit(PieceOutputs outputs, T record)
      throws IOException {
    if (!record.contradictions().isEmpty()) {
      throw new IOException(String.join("; ", record.contradictions()));
    }
    if (outputs.commit(record)) {
      LOG.info("{} committed: {} lines, {} rejected", piece, record.lines(), record.rejects());
    } else {
      LOG.info("{} was committed by another attempt", piece);
    }
  }

  private JobException failed(Throwable cause) {
    String why = Told.by(cause);
    String message = piece + ": " + (why.isEmpty() ? cause.getClass().getSimpleName() : why);
    return new JobException(message, cause);
  }
}
