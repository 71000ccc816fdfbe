package io.touchstone.spark.choose;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.PieceInput;
import io.touchstone.files.read.SpillFolder;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.jobs.choose.RowPosition;
import io.touchstone.problem.JobException;
import io.touchstone.spark.attempt.PieceTask;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** Reads pieces for what looking at all rows needs of those that pass by themselves. */
record PieceScan(PieceTask task, ProgressCounters counters, FilterRequest request)
    implements FlatMapFunction<Iterator<Piece>, byte[]> {

  @Override
  public Iterator<byte[]> call(Iterator<Piece> pieces) {
    return new Entries(pieces);
  }

  /** {@link SortedBytes#digested} where equal conversations matter, else scored ones. */
  private final class Entries implements Iterator<byte[]>, TaskCompletionListener {

    private final Iterator<Piece> pieces;
    private final SpillFolder spills = new SpillFolder();
    private @Nullable Piece piece;
    private @Nullable LineSource source;
    private @Nullable NumberedLines lines;
    private byte @Nullable [] next;

    Entries(Iterator<Piece> pieces) {
      this.pieces = pieces;
      TaskContext.get().addTaskCompletionListener(this);
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null && (isOpen() || openNext())) {
          next = readNext();
        }
        return next != null;
      } catch (IOException e) {
        throw failed(e);
      } catch (UncheckedIOException e) {
        throw failed(Objects.<Exception>requireNonNullElse(e.getCause(), e));
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

    private boolean isOpen() {
      return lines != null;
    }

    private boolean openNext() throws IOException {
      if (!pieces.hasNext()) {
        return false;
      }
      piece = pieces.next();
      PieceInput input = new PieceInput(task.configuration(), task.maxLineBytes(), spills);
      source = input.open(piece);
      lines = new NumberedLines(source, piece, counters);
      return true;
    }

    /** The next entry of the open piece; null where there is none, at its end in any case. */
    private byte @Nullable [] readNext() throws IOException {
      if (lines == null || piece == null || source == null) {
        return null;
      }
      while (lines.hasNext()) {
        NumberedLine row = lines.next();
        if (row.line() instanceof RawLine.TooLong tooLong) {
          Files.delete(tooLong.spill());
          counters.rejected().add(1);
          continue;
        }
        byte[] entry = entry(piece, row);
        if (entry != null) {
          return entry;
        }
      }
      if (source.remains().isPresent()) {
        counters.rejected().add(1);
      }
      source.close();
      source = null;
      lines = null;
      return null;
    }

    private byte @Nullable [] entry(Piece piece, NumberedLine row) {
      FilterRequest.ReadRow read;
      try {
        read = request.read(row.bytes(), piece.file().format());
      } catch (RowProblem problem) {
        // It is rejected, with its reason, when the piece is written.
        counters.rejected().add(1);
        return null;
      }
      counters.rows().add(1);
      if (!read.passed()) {
        return null;
      }
      long position = RowPosition.of(piece.index(), row.number());
      return request.dedups()
          ? SortedBytes.digested(read.digest(), position, read.score())
          : SortedBytes.scored(read.score(), position);
    }

    private JobException failed(Exception cause) {
      return new JobException(piece + ": " + cause.getMessage(), cause);
    }

    @Override
    public void onTaskCompletion(TaskContext context) {
      try {
        if (source != null) {
          source.close();
        }
        spills.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
