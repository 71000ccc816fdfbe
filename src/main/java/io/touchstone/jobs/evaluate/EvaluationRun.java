package io.touchstone.jobs.evaluate;

import io.touchstone.files.scan.ScanTotals;
import io.touchstone.jobs.RowCounts;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.scoring.ModelDescription;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code _run.json} says of a finished evaluation.
 *
 * @param model null where the rows had their scores
 */
record EvaluationRun(
    String program,
    SortedMap<String, String> configuration,
    @Nullable ModelDescription model,
    RowCounts rows,
    SortedMap<String, Long> rejectedByKind,
    Seconds seconds) {

  record Seconds(double total) {}

  static EvaluationRun of(EvaluatePlan plan, EvaluateReport report) {
    ScanTotals rows = report.rows();
    return new EvaluationRun(
        plan.config().provenance().program(),
        plan.config().provenance().effective(),
        plan.scoring().map(AnnotatePlan::model).orElse(null),
        new RowCounts(rows.in(), rows.takenRows(), rows.rejectedLines(), rows.blank()),
        rows.rejected(),
        new Seconds(report.seconds()));
  }
}
