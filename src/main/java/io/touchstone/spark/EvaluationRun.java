package io.touchstone.spark;

import io.touchstone.scoring.ModelDescription;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run.json} says of a finished evaluation.
 *
 * @param model null where the rows had their scores
 */
record EvaluationRun(
    String program,
    SortedMap<String, String> configuration,
    @Nullable ModelDescription model,
    RunSummary.Rows rows,
    SortedMap<String, Long> rejectedByKind,
    Seconds seconds) {

  record Seconds(double total) {}

  static EvaluationRun of(EvaluatePlan plan, EvaluateReport report) {
    ScanTotals rows = report.rows();
    return new EvaluationRun(
        plan.config().program(),
        plan.config().effective(),
        plan.scoring().map(AnnotatePlan::model).orElse(null),
        new RunSummary.Rows(rows.in(), rows.takenRows(), rows.rejectedLines(), rows.blank()),
        rows.rejected(),
        new Seconds(report.seconds()));
  }
}
