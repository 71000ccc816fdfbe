package io.touchstone.jobs.choose;

import io.touchstone.files.read.SkippedFiles;
import io.touchstone.jobs.CommonestReason;
import java.util.List;
import java.util.Optional;

/**
 * What a finished job that reads rows and writes rows did.
 *
 * @param outputs the folders
 * @param rejected the folder of the rejected lines
 * @param pieces of the whole plan
 * @param resumedPieces those of them that an earlier run had committed
 * @param skipped files of folders and globs that are not read
 * @param seconds wall time of the run that finished the job; 0 if an earlier one had
 * @param firstRow of the first folder, cut short if it is long
 * @param allRejected why, where there were lines and not one was used
 * @param alreadyDone true if an earlier run had finished and this one did nothing
 */
public record ChooseReport(
    ChooseTotals totals,
    List<String> outputs,
    String rejected,
    int pieces,
    int resumedPieces,
    SkippedFiles skipped,
    double seconds,
    Optional<String> firstRow,
    Optional<CommonestReason> allRejected,
    boolean alreadyDone) {

  public ChooseReport {
    outputs = List.copyOf(outputs);
  }

  /** The same, for where no text of a row may stand. */
  public ChooseReport withoutRow() {
    return new ChooseReport(
        totals,
        outputs,
        rejected,
        pieces,
        resumedPieces,
        skipped,
        seconds,
        Optional.empty(),
        allRejected,
        alreadyDone);
  }
}
