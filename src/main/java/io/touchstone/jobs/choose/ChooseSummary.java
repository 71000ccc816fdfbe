package io.touchstone.jobs.choose;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.jobs.RowCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What {@code _run.json} says of a finished job that reads rows and writes rows.
 *
 * @param withheldLines rejected lines of which only the place and the reason were written; not
 *     written where there are none
 */
public record ChooseSummary(
    String program,
    String job,
    SortedMap<String, String> configuration,
    Inputs inputs,
    Pieces pieces,
    RowCounts rows,
    SortedMap<String, Long> verdicts,
    SortedMap<String, Long> notes,
    SortedMap<String, Long> rejectedByKind,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long withheldLines,
    Map<String, Long> written,
    Seconds seconds) {

  /**
   * @param skipped the first few of the skipped files
   */
  record Inputs(List<InputFile> files, int skippedFiles, List<SkippedFiles.Skipped> skipped) {}

  record Pieces(int all, int resumed) {}

  record Seconds(double total) {}

  public static ChooseSummary of(ChoosePlan plan, ChooseReport report) {
    ChooseTotals totals = report.totals();
    Map<String, Long> written = new LinkedHashMap<>();
    for (int i = 0; i < report.outputs().size(); i++) {
      written.put(report.outputs().get(i), totals.written().get(i));
    }
    return new ChooseSummary(
        plan.config().provenance().program(),
        plan.config().job(),
        plan.config().provenance().effective(),
        new Inputs(plan.record().inputs(), plan.skipped().count(), plan.skipped().first()),
        new Pieces(report.pieces(), report.resumedPieces()),
        new RowCounts(
            totals.in(),
            totals.in() - totals.rejectedLines(),
            totals.rejectedLines(),
            totals.blank()),
        totals.verdicts(),
        totals.notes(),
        totals.rejected(),
        totals.withheld(),
        written,
        new Seconds(report.seconds()));
  }
}
