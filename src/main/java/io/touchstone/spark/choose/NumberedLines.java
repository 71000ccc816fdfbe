package io.touchstone.spark.choose;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.files.read.Piece;
import io.touchstone.spark.attempt.Attempt;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lines of a piece that are not blank; tells the live numbers how far it has read. */
final class NumberedLines implements Iterator<NumberedLine> {

  private static final int REPORT_EVERY = 256;

  private final LineSource lines;
  private final Piece piece;
  private final ProgressCounters counters;
  private @Nullable NumberedLine next;
  private long number;
  private long blank;
  private long reportedBytes;

  NumberedLines(LineSource lines, Piece piece, ProgressCounters counters) {
    this.lines = lines;
    this.piece = piece;
    this.counters = counters;
    counters.started().add(1);
  }

  /** Blank lines so far. */
  long blank() {
    return blank;
  }

  /** Rows so far. */
  long rows() {
    return number;
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null) {
        RawLine line = lines.next();
        if (line == null) {
          report();
          return false;
        }
        if (line.isBlank()) {
          blank++;
        } else {
          next = new NumberedLine(number, line);
          number++;
        }
        if ((number + blank) % REPORT_EVERY == 0) {
          report();
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public NumberedLine next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("after the last line");
    }
    NumberedLine line = next;
    next = null;
    return line;
  }

  private void report() throws IOException {
    Attempt.refuseCancelled();
    long bytes = Math.min(piece.bytes(), lines.inputBytes());
    counters.bytes().add(bytes - reportedBytes);
    reportedBytes = bytes;
  }
}
