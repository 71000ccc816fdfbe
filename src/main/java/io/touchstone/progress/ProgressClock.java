package io.touchstone.progress;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Turns sums into rates; the clock of the rates starts at the first record. */
public final class ProgressClock {

  private final long begun;
  private final long bytesBefore;
  private final long bytesTotal;
  private @Nullable Origin origin;

  /** What was done when the first record was noticed. */
  private record Origin(long nanos, long tokens, long bytes) {}

  /**
   * @param bytesBefore of pieces that an earlier run has committed
   */
  public ProgressClock(long begunNanos, long bytesBefore, long bytesTotal) {
    this.begun = begunNanos;
    this.bytesBefore = bytesBefore;
    this.bytesTotal = bytesTotal;
  }

  public JobProgress at(long nanos, ProgressSums sums) {
    long tokens = sums.tokens();
    long bytes = bytesBefore + sums.bytes();
    if (origin == null && sums.started() > 0) {
      origin = new Origin(nanos, tokens, bytes);
    }
    double rate = 0;
    OptionalDouble left = OptionalDouble.empty();
    if (origin != null && nanos > origin.nanos()) {
      double seconds = (nanos - origin.nanos()) / 1e9;
      rate = (tokens - origin.tokens()) / seconds;
      long bytesSince = bytes - origin.bytes();
      if (bytesSince > 0) {
        left = OptionalDouble.of(Math.max(0, bytesTotal - bytes) * (seconds / bytesSince));
      }
    }
    return new JobProgress(
        sums.rows(),
        sums.rejected(),
        tokens,
        bytes,
        bytesTotal,
        seconds(nanos),
        Math.max(0, rate),
        left);
  }

  /** The last word, from what the files say. */
  public JobProgress end(long nanos, ProgressSums totals) {
    double seconds = seconds(nanos);
    return new JobProgress(
        totals.rows(),
        totals.rejected(),
        totals.tokens(),
        bytesTotal,
        bytesTotal,
        seconds,
        seconds > 0 ? totals.tokens() / seconds : 0,
        OptionalDouble.of(0));
  }

  private double seconds(long nanos) {
    return (nanos - begun) / 1e9;
  }
}
