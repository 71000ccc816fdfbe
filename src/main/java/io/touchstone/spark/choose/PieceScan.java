package io.touchstone.spark.choose;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.InputChanges;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.files.read.Piece;
import io.touchstone.problem.JobException;
import io.touchstone.spark.attempt.PieceTask;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** Reads a piece for what looking at all rows needs of those that pass by themselves. */
record PieceScan(PieceTask task, ProgressCounters counters, RowEntries entries)
    implements FlatMapFunction<Piece, byte[]> {

  @Override
  public Iterator<byte[]> call(Piece piece) {
    try {
      return new Entries(piece, LineSource.of(piece, task.maxLineBytes(), task.configuration()));
    } catch (IOException e) {
      throw failed(piece, e);
    }
  }

  /** Whatever went wrong, what has become of the input comes first. */
  private JobException failed(Piece piece, Exception cause) {
    try {
      confirm(piece);
    } catch (IOException e) {
      return new JobException(piece + ": " + e.getMessage(), e);
    }
    return new JobException(piece + ": " + cause.getMessage(), cause);
  }

  private void confirm(Piece piece) throws IOException {
    new InputChanges(task.configuration()).refuse(piece.file());
  }

  private final class Entries implements Iterator<byte[]>, TaskCompletionListener {

    private final Piece piece;
    private final LineSource source;
    private final NumberedLines lines;
    private final RowEntries.OfPiece entries;
    private byte @Nullable [] next;
    private boolean isAtEnd;

    Entries(Piece piece, LineSource source) {
      this.piece = piece;
      this.source = source;
      this.lines = new NumberedLines(source, piece, counters);
      this.entries = PieceScan.this.entries.of(piece);
      TaskContext.get().addTaskCompletionListener(this);
    }

    @Override
    public boolean hasNext() {
      try {
        if (next == null && !isAtEnd) {
          next = readNext();
          isAtEnd = next == null;
        }
        return next != null;
      } catch (IOException e) {
        throw failed(piece, e);
      } catch (UncheckedIOException e) {
        throw failed(piece, Objects.<Exception>requireNonNullElse(e.getCause(), e));
      }
    }

    @Override
    public byte[] next() {
      byte[] entry = hasNext() ? next : null;
      if (entry == null) {
        throw new NoSuchElementException("after the last entry");
      }
      next = null;
      return entry;
    }

    private byte @Nullable [] readNext() throws IOException {
      for (NumberedLine row = lines.next(); row != null; row = lines.next()) {
        if (row.line() instanceof RawLine.TooLong) {
          counters.rejected().add(1);
          continue;
        }
        byte[] entry = entry(row);
        if (entry != null) {
          return entry;
        }
      }
      if (source.remains().isPresent()) {
        counters.rejected().add(1);
      }
      confirm(piece);
      return null;
    }

    private byte @Nullable [] entry(NumberedLine row) {
      byte @Nullable [] entry;
      try {
        entry = entries.of(row);
      } catch (RowProblem problem) {
        // It is rejected, with its reason, when the piece is written.
        counters.rejected().add(1);
        return null;
      }
      counters.rows().add(1);
      return entry;
    }

    @Override
    public void onTaskCompletion(TaskContext context) {
      try {
        source.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
