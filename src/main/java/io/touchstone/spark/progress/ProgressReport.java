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
  private final ExecutorMetrics.Work work;
  private Done reported = new Done(0, 0, 0, 0, 0, 0);
  private long reportedBytes;

  /** Written by the thread that reads. */
  private volatile Read read = new Read(0, 0);

  /** Lines that were taken, and the bytes that they stand for. */
  private record Read(long lines, long bytes) {}

  /**
   * What an attempt has done.
   *
   * @param lines that are done, blank ones among them
   * @param tokens of scored conversations, each by itself, or those that were generated
   * @param computedTokens of conversations or prompts that went through the model
   * @param alive rows that the model is busy with
   */
  public record Done(
      long rows, long rejected, long lines, long tokens, long computedTokens, long alive) {

    public static Done of(AnnotationTotals totals) {
      return new Done(
          totals.out(),
          totals.rejectedLines(),
          totals.in() + totals.blank(),
          totals.presentedTokens(),
          totals.computedTokens(),
          0);
    }
  }

  /**
   * @param lines are taken through {@link #lines()}
   */
  public ProgressReport(
      ProgressCounters counters, Piece piece, LineIterator lines, ExecutorMetrics.Work work) {
    this.work = work;
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

  public void update(Done soFar) {
    long rows = soFar.rows - reported.rows;
    long rejected = soFar.rejected - reported.rejected;
    long tokens = soFar.tokens - reported.tokens;
    long alive = soFar.alive - reported.alive;
    counters.rows().add(rows);
    counters.rejected().add(rejected);
    counters.tokens().add(tokens);
    counters.alive().add(alive);
    metrics.rowsDone(work).inc(rows);
    metrics.rowsRejected().inc(rejected);
    metrics.rowsAlive().inc(alive);
    metrics.tokens(work).mark(tokens);
    metrics.computedTokens(work).mark(soFar.computedTokens - reported.computedTokens);
    long bytes = bytes(soFar.lines);
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
