package io.touchstone.spark.choose;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.files.read.Piece;
import io.touchstone.spark.attempt.Attempt;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of a piece that are not blank; tells the live numbers how far it has read. */
final class NumberedLines {

  private static final int REPORT_EVERY = 256;

  private final LineSource lines;
  private final Piece piece;
  private final ProgressCounters counters;
  private long number;
  private long blank;
  private long reportedBytes;
  private long reportedRows;

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

  /** The next row; null after the last one. */
  @Nullable NumberedLine next() throws IOException {
    for (RawLine line = lines.next(); line != null; line = lines.next()) {
      boolean isBlank = line.isBlank();
      if (isBlank) {
        blank++;
      } else {
        number++;
      }
      if ((number + blank) % REPORT_EVERY == 0) {
        report();
      }
      if (!isBlank) {
        return new NumberedLine(number - 1, line);
      }
    }
    report();
    return null;
  }

  private void report() throws IOException {
    Attempt.refuseCancelled();
    long bytes = Math.min(piece.bytes(), lines.inputBytes());
    counters.bytes().add(bytes - reportedBytes);
    counters.bytesRead().add(bytes - reportedBytes);
    counters.linesRead().add(number - reportedRows);
    reportedBytes = bytes;
    reportedRows = number;
  }
}
