package io.touchstone.spark.progress;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.read.LineIterator;
import io.touchstone.files.read.Piece;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.util.Iterator;

/** Adds what one attempt has done since its last report to the live numbers. */
public final class ProgressReport {

  private final ProgressCounters counters;
  private final Piece piece;
  private final LineIterator lines;
  private final ExecutorMetrics metrics = ExecutorMetrics.ofThisProcess();
  private AnnotationTotals reported = AnnotationTotals.NONE;
  private long reportedBytes;

  /** Written by the thread that reads. */
  private volatile Read read = new Read(0, 0);

  /** Lines that were taken, and the bytes that they stand for. */
  private record Read(long lines, long bytes) {}

  /**
   * @param lines are taken through {@link #lines()}
   */
  public ProgressReport(ProgressCounters counters, Piece piece, LineIterator lines) {
    this.counters = counters;
    this.piece = piece;
    this.lines = lines;
    counters.started().add(1);
  }

  /** The lines, counted as they are taken; one thread's, which may be another than the report's. */
  public Iterator<RawLine> lines() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return lines.hasNext();
      }

      @Override
      public RawLine next() {
        RawLine line = lines.next();
        Read before = read;
        Read now = new Read(before.lines + 1, inputBytes());
        counters.linesRead().add(1);
        counters.bytesRead().add(now.bytes - before.bytes);
        read = now;
        return line;
      }
    };
  }

  public void update(AnnotationTotals soFar) {
    long rows = soFar.out() - reported.out();
    long rejected = soFar.rejectedLines() - reported.rejectedLines();
    long tokens = soFar.presentedTokens() - reported.presentedTokens();
    counters.rows().add(rows);
    counters.rejected().add(rejected);
    counters.tokens().add(tokens);
    metrics.rowsScored().inc(rows);
    metrics.rowsRejected().inc(rejected);
    metrics.tokens().mark(tokens);
    metrics.computedTokens().mark(soFar.computedTokens() - reported.computedTokens());
    long bytes = bytes(soFar.in() + soFar.blank());
    counters.bytes().add(bytes - reportedBytes);
    reportedBytes = bytes;
    reported = soFar;
  }

  /** What lines stand for that are done, of those that were read ahead of the model. */
  private long bytes(long linesDone) {
    Read ahead = read;
    return linesDone >= ahead.lines
        ? inputBytes()
        : Math.max(reportedBytes, Math.round((double) linesDone / ahead.lines * ahead.bytes));
  }

  private long inputBytes() {
    return Math.min(piece.bytes(), lines.inputBytes());
  }
}
