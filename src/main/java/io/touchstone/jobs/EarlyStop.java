package io.touchstone.jobs;

import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.PieceCommit;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * When a job need not go on, because it has rejected more lines than the whole of it may.
 *
 * @param before what pieces of earlier runs have rejected
 * @param bytes of the whole input
 */
public record EarlyStop(RejectionBound bound, Seen before, long bytes) {

  /** Fewer say nothing about how many lines the input has. */
  static final long LEAST_LINES = 10_000;

  /**
   * @param bytes that the lines take up in the input
   */
  public record Seen(long lines, long rejected, long bytes) {

    static final Seen NOTHING = new Seen(0, 0, 0);

    Seen plus(Seen other) {
      return new Seen(lines + other.lines, rejected + other.rejected, bytes + other.bytes);
    }
  }

  /** The bound of a job of which nothing is done. */
  public static EarlyStop of(RejectionBound bound, long bytes) {
    return new EarlyStop(bound, Seen.NOTHING, bytes);
  }

  /** The same bound, after pieces that earlier runs have committed. */
  public <T extends Record & PieceRecord> EarlyStop after(
      Set<Integer> done, OutputFolder folder, Class<T> records) throws IOException {
    Seen sum = before;
    // Where nothing is too much, the records need not be read.
    if (bound.isExceeded(Long.MAX_VALUE, 1)) {
      for (int piece : done) {
        T record = PieceCommit.read(folder.forAttempts(), piece).statsAs(records);
        sum = sum.plus(new Seen(record.lines(), record.rejects(), record.inputBytes()));
      }
    }
    return new EarlyStop(bound, sum, bytes);
  }

  /**
   * Why to stop now; empty to go on.
   *
   * @param finished by pieces of this run that are committed
   * @param rejectedSoFar of this run, also by pieces that are not
   */
  public Optional<String> reason(Seen finished, long rejectedSoFar) {
    long rejected = before.rejected + rejectedSoFar;
    if (bound.isExceeded(rejected, Long.MAX_VALUE)) {
      return Optional.of(
          String.format(Locale.ROOT, "%,d lines rejected before the end of the input", rejected));
    }
    Seen all = before.plus(finished);
    if (all.lines >= LEAST_LINES && all.bytes > 0) {
      long estimate = (long) ((double) all.lines / all.bytes * bytes);
      if (bound.isExceeded(all.rejected, Math.max(all.lines, estimate))) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of the first %,d lines rejected, of about %,d in all",
                all.rejected,
                all.lines,
                estimate));
      }
    }
    return Optional.empty();
  }
}
