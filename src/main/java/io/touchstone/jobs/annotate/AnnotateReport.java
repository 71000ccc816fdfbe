package io.touchstone.jobs.annotate;

import io.touchstone.files.read.SkippedFiles;
import io.touchstone.jobs.CommonestReason;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.util.Optional;

/**
 * What a finished job did.
 *
 * @param totals read back from what the pieces left beside their rows
 * @param withheld rejected lines of which only the place and the reason were written
 * @param pieces of the whole plan
 * @param resumedPieces those of them that an earlier run had committed
 * @param unsteadyPieces scored by the run that finished the job on a processor where a score's last
 *     bits follow what is scored with it, and without a ledger therefore
 * @param skipped files of folders and globs that are not read
 * @param rejected the folder of the rejected lines
 * @param firstRow the first scored row of the output, cut short if it is long
 * @param allRejected why, where there were lines and not one was scored
 * @param alreadyDone true if an earlier run had finished and this one did nothing
 */
public record AnnotateReport(
    AnnotationTotals totals,
    long withheld,
    Seconds seconds,
    int pieces,
    int resumedPieces,
    long unsteadyPieces,
    SkippedFiles skipped,
    String output,
    String rejected,
    Optional<String> firstRow,
    Optional<CommonestReason> allRejected,
    boolean alreadyDone) {

  /** The same, for where no text of a row may stand. */
  public AnnotateReport withoutRow() {
    return new AnnotateReport(
        totals,
        withheld,
        seconds,
        pieces,
        resumedPieces,
        unsteadyPieces,
        skipped,
        output,
        rejected,
        Optional.empty(),
        allRejected,
        alreadyDone);
  }

  /**
   * @param total wall time of the run that finished the job
   * @param load time that replicas took to open, summed over processes
   * @param prepare thread time, summed over pieces
   * @param forward time in the model, summed over pieces
   */
  public record Seconds(double total, double load, double prepare, double forward) {}
}
