package io.touchstone.jobs.choose;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a finished job that reads rows and writes rows did.
 *
 * @param in lines that were not blank
 * @param rejected lines by kind
 * @param verdicts rows that were not rejected, by verdict
 * @param notes what else was counted
 * @param written rows by output folder
 * @param outputs the folders
 * @param pieces of the whole plan
 * @param resumedPieces those of them that an earlier run had committed
 * @param skippedFiles files of input folders that have no supported ending
 * @param seconds wall time of the run that finished the job; 0 if an earlier one had
 * @param firstRow of the first folder, cut short if it is long
 * @param alreadyDone true if an earlier run had finished and this one did nothing
 */
public record ChooseReport(
    long in,
    long blank,
    SortedMap<String, Long> rejected,
    SortedMap<String, Long> verdicts,
    SortedMap<String, Long> notes,
    List<Long> written,
    List<String> outputs,
    int pieces,
    int resumedPieces,
    int skippedFiles,
    double seconds,
    Optional<String> firstRow,
    boolean alreadyDone) {

  public ChooseReport {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    verdicts = Collections.unmodifiableSortedMap(new TreeMap<>(verdicts));
    notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
    written = List.copyOf(written);
    outputs = List.copyOf(outputs);
  }

  public long rejectedLines() {
    return ChooseRecord.sum(rejected);
  }
}
