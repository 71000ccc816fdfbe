package io.touchstone.jobs.generate;

import io.touchstone.files.commit.OutputFolders;
import io.touchstone.jobs.Finished;
import io.touchstone.problem.JobException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What all pieces gave together, read back from the files beside their rows.
 *
 * @param withheld rejected lines of which only the place and the reason were written
 * @param loadNanos summed over the processes that opened a replica
 */
public record FinishedGenerate(
    GenerateTotals totals, long withheld, long loadNanos, List<PieceTiming> timings) {

  /**
   * @throws JobException with the figures, if anything does not add up
   */
  public static FinishedGenerate verified(GeneratePlan plan, OutputFolders folders)
      throws IOException {
    List<PieceTiming> timings = new ArrayList<>();
    FinishedGenerate none = new FinishedGenerate(GenerateTotals.NONE, 0, 0, timings);
    return Finished.verified(
        plan.pieces(), folders, GenerateRecord.class, none, FinishedGenerate::plus);
  }

  private FinishedGenerate plus(GenerateRecord piece, long withheldHere) {
    // One list for all sums: a job may have 100,000 pieces.
    timings.add(PieceTiming.of(piece));
    return new FinishedGenerate(
        totals.plus(piece.totals()),
        withheld + withheldHere,
        loadNanos + piece.loadNanos(),
        timings);
  }

  /**
   * Where the time of one piece went.
   *
   * @param tokens that were generated
   * @param seconds of the attempt that was committed, from its first to its last step
   * @param busy time in the model meanwhile, which rows of other pieces share
   */
  public record PieceTiming(
      int piece, String executor, long rows, long tokens, double seconds, double busy) {

    static PieceTiming of(GenerateRecord stats) {
      return new PieceTiming(
          stats.piece(),
          stats.executor(),
          stats.rows(),
          stats.totals().answers().tokens(),
          seconds(stats.wallNanos()),
          seconds(stats.totals().busyNanos()));
    }

    /** To the millisecond. */
    private static double seconds(long nanos) {
      return Math.round(nanos / 1e6) / 1e3;
    }
  }
}
