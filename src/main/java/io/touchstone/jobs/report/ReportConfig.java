package io.touchstone.jobs.report;

import io.touchstone.selection.report.DriftLimit;
import io.touchstone.selection.report.Tally;
import java.util.List;
import java.util.Optional;

/**
 * What one report is asked for.
 *
 * @param result the folder of a finished annotate job
 * @param against another such folder to compare with; empty for none
 * @param history a folder with reports of other nights, to be drawn as a trend; empty for none
 * @param output the folder that receives the report; empty for the result's own
 * @param fields the words by which the rows name their scores; empty to take those that the runs
 *     behind the result have written
 * @param maxDrift how far scores may drift; empty for any distance
 * @param maxLineBytes longer rows are left out
 */
public record ReportConfig(
    String result,
    Optional<String> against,
    Optional<String> history,
    Optional<String> output,
    List<String> fields,
    Tally.Settings tally,
    Optional<DriftLimit> maxDrift,
    long maxLineBytes,
    String program) {

  public ReportConfig {
    fields = List.copyOf(fields);
  }
}
