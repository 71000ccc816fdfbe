package io.touchstone.jobs.choose;

import java.util.List;
import java.util.Optional;

/**
 * What a finished job that reads rows and writes rows did.
 *
 * @param outputs the folders
 * @param pieces of the whole plan
 * @param resumedPieces those of them that an earlier run had committed
 * @param skippedFiles files of input folders that have no supported ending
 * @param seconds wall time of the run that finished the job; 0 if an earlier one had
 * @param firstRow of the first folder, cut short if it is long
 * @param alreadyDone true if an earlier run had finished and this one did nothing
 */
public record ChooseReport(
    ChooseTotals totals,
    List<String> outputs,
    int pieces,
    int resumedPieces,
    int skippedFiles,
    double seconds,
    Optional<String> firstRow,
    boolean alreadyDone) {

  public ChooseReport {
    outputs = List.copyOf(outputs);
  }

  /** The same, for where no text of a row may stand. */
  public ChooseReport withoutRow() {
    return new ChooseReport(
        totals,
        outputs,
        pieces,
        resumedPieces,
        skippedFiles,
        seconds,
        Optional.empty(),
        alreadyDone);
  }
}
