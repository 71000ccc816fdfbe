package io.touchstone.spark;

import io.touchstone.scoring.AnnotationTotals;
import java.util.function.LongSupplier;

/** Adds what one attempt has done since its last report to the live numbers. */
final class ProgressReport {

  private final ProgressCounters counters;
  private final Piece piece;
  private final LongSupplier inputBytes;
  private AnnotationTotals reported = AnnotationTotals.NONE;
  private long reportedBytes;

  ProgressReport(ProgressCounters counters, Piece piece, LongSupplier inputBytes) {
    this.counters = counters;
    this.piece = piece;
    this.inputBytes = inputBytes;
    counters.started().add(1);
  }

  void update(AnnotationTotals soFar) {
    counters.rows().add(soFar.out() - reported.out());
    counters.rejected().add(soFar.rejectedLines() - reported.rejectedLines());
    counters.tokens().add(soFar.presentedTokens() - reported.presentedTokens());
    long bytes = Math.min(piece.bytes(), inputBytes.getAsLong());
    counters.bytes().add(bytes - reportedBytes);
    reportedBytes = bytes;
    reported = soFar;
  }
}
