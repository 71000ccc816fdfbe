package io.touchstone.spark.progress;

import io.touchstone.files.read.Piece;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.util.function.LongSupplier;

/** Adds what one attempt has done since its last report to the live numbers. */
public final class ProgressReport {

  private final ProgressCounters counters;
  private final Piece piece;
  private final LongSupplier inputBytes;
  private final ExecutorMetrics metrics = ExecutorMetrics.ofThisProcess();
  private AnnotationTotals reported = AnnotationTotals.NONE;
  private long reportedBytes;

  public ProgressReport(ProgressCounters counters, Piece piece, LongSupplier inputBytes) {
    this.counters = counters;
    this.piece = piece;
    this.inputBytes = inputBytes;
    counters.started().add(1);
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
    long bytes = Math.min(piece.bytes(), inputBytes.getAsLong());
    counters.bytes().add(bytes - reportedBytes);
    reportedBytes = bytes;
    reported = soFar;
  }
}
