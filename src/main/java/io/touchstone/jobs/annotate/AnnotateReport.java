package io.touchstone.jobs.annotate;

import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.util.Optional;

/**
 * What a finished job did.
 *
 * @param totals read back from what the pieces left beside their rows
 * @param pieces of the whole plan
 * @param resumedPieces those of them that an earlier run had committed
 * @param unsteadyPieces scored by the run that finished the job on a processor where a score's last
 *     bits follow what is scored with it, and without a ledger therefore
 * @param skippedFiles files of input folders that have no supported ending
 * @param firstRow the first scored row of the output, cut short if it is long
 * @param alreadyDone true if an earlier run had finished and this one did nothing
 */
public record AnnotateReport(
    AnnotationTotals totals,
    Seconds seconds,
    int pieces,
    int resumedPieces,
    long unsteadyPieces,
    int skippedFiles,
    String output,
    Optional<String> firstRow,
    boolean alreadyDone) {

  /** The same, for where no text of a row may stand. */
  public AnnotateReport withoutRow() {
    return new AnnotateReport(
        totals,
        seconds,
        pieces,
        resumedPieces,
        unsteadyPieces,
        skippedFiles,
        output,
        Optional.empty(),
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
