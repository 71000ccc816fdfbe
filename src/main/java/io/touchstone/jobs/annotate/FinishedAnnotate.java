package io.touchstone.jobs.annotate;

import io.touchstone.files.commit.OutputFolders;
import io.touchstone.jobs.Finished;
import io.touchstone.problem.JobException;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What all pieces gave together, read back from the files beside their rows.
 *
 * @param withheld rejected lines of which only the place and the reason were written
 * @param loadNanos summed over the processes that opened a replica
 */
public record FinishedAnnotate(
    AnnotationTotals totals, long withheld, long loadNanos, List<PieceTiming> timings) {

  /**
   * @throws JobException with the figures, if anything does not add up
   */
  public static FinishedAnnotate verified(AnnotatePlan plan, OutputFolders folders)
      throws IOException {
    List<PieceTiming> timings = new ArrayList<>();
    FinishedAnnotate none = new FinishedAnnotate(AnnotationTotals.NONE, 0, 0, timings);
    return Finished.verified(
        plan.pieces(), folders, AnnotateRecord.class, none, FinishedAnnotate::plus);
  }

  private FinishedAnnotate plus(AnnotateRecord piece, long withheldHere) {
    // One list for all sums: a job may have 100,000 pieces.
    timings.add(PieceTiming.of(piece));
    return new FinishedAnnotate(
        totals.plus(piece.totals()),
        withheld + withheldHere,
        loadNanos + piece.loadNanos(),
        timings);
  }

  /**
   * Where the time of one piece went.
   *
   * @param tokens presented, of the scored conversations
   * @param seconds of the attempt that was committed, from its first to its last step
   * @param prepare thread time for parsing, rendering and tokenizing, beside the model's
   * @param forward time in the model
   */
  public record PieceTiming(
      int piece,
      String executor,
      long rows,
      long tokens,
      double seconds,
      double prepare,
      double forward) {

    static PieceTiming of(AnnotateRecord stats) {
      return new PieceTiming(
          stats.piece(),
          stats.executor(),
          stats.rows(),
          stats.totals().presentedTokens(),
          seconds(stats.wallNanos()),
          seconds(stats.totals().prepareNanos()),
          seconds(stats.totals().forwardNanos()));
    }

    /** To the millisecond. */
    private static double seconds(long nanos) {
      return Math.round(nanos / 1e6) / 1e3;
    }
  }
}
