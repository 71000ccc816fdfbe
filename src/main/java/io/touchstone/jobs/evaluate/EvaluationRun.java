package io.touchstone.jobs.evaluate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.files.scan.ScanTotals;
import io.touchstone.jobs.RowCounts;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.scoring.ModelDescription;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code _run.json} says of a finished evaluation.
 *
 * @param withheldLines rejected lines of which only the place and the reason were written; not
 *     written where there are none
 * @param model null where the rows had their scores
 */
record EvaluationRun(
    String program,
    SortedMap<String, String> configuration,
    @JsonIgnoreProperties({"question", "asked"}) @Nullable ModelDescription model,
    Inputs inputs,
    RowCounts rows,
    SortedMap<String, Long> rejectedByKind,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long withheldLines,
    Seconds seconds) {

  /**
   * @param skipped the first few of the skipped files
   */
  record Inputs(int files, int skippedFiles, List<SkippedFiles.Skipped> skipped) {}

  record Seconds(double total) {}

  static EvaluationRun of(EvaluatePlan plan, EvaluateReport report) {
    ScanTotals rows = report.rows();
    return new EvaluationRun(
        plan.config().provenance().program(),
        plan.config().provenance().effective(),
        plan.scoring().map(AnnotatePlan::model).orElse(null),
        new Inputs(plan.files().size(), plan.skipped().count(), plan.skipped().first()),
        new RowCounts(rows.in(), rows.takenRows(), rows.rejectedLines(), rows.blank()),
        rows.rejected(),
        report.withheld(),
        new Seconds(report.seconds()));
  }
}
