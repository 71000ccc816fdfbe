package io.touchstone.progress;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Turns sums into rates; the clock of the rates starts at the first record. */
public final class ProgressClock {

  private final long begun;
  private final long bytesBefore;
  private final long bytesTotal;
  private final int readings;
  private @Nullable Origin origin;

  /** What was done when the first record was noticed. */
  private record Origin(long nanos, long tokens, long bytes) {}

  /** Of a job that reads its input once. */
  public ProgressClock(long begunNanos, long bytesBefore, long bytesTotal) {
    this(begunNanos, bytesBefore, bytesTotal, 1);
  }

  /**
   * @param bytesBefore of pieces that an earlier run has committed
   * @param bytesTotal of all readings together
   * @param readings how often the input is read
   */
  public ProgressClock(long begunNanos, long bytesBefore, long bytesTotal, int readings) {
    this.begun = begunNanos;
    this.bytesBefore = bytesBefore;
    this.bytesTotal = bytesTotal;
    this.readings = readings;
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
      // Of rows that are under way together the first ends long before the others.
      boolean isTelling = sums.rows() + sums.rejected() >= sums.alive();
      if (bytesSince > 0 && isTelling) {
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
        left,
        rowsTotal(sums),
        sums.alive());
  }

  /** As many as there would be if all were as long as those that were read. */
  private OptionalLong rowsTotal(ProgressSums sums) {
    if (sums.linesRead() == 0 || sums.bytesRead() == 0) {
      return OptionalLong.empty();
    }
    double perByte = (double) sums.linesRead() / sums.bytesRead();
    return OptionalLong.of(Math.round(perByte * (bytesTotal / readings - bytesBefore)));
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
        OptionalDouble.of(0),
        OptionalLong.of(totals.rows() + totals.rejected()),
        0);
  }

  private double seconds(long nanos) {
    return (nanos - begun) / 1e9;
  }
}
