package io.touchstone.cli.job;

import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Text;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.ChoiceSettings;
import io.touchstone.cli.settings.FilterSettings;
import io.touchstone.cli.settings.OutputSettings;
import io.touchstone.cli.text.FilterText;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.RunMetrics;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.jobs.choose.SampleDecisions;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.selection.FilterRule;
import io.touchstone.selection.SelectRule;
import io.touchstone.selection.TopLimit;
import io.touchstone.spark.choose.FilterJob;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code filter}: parts rows into those to keep and those to drop. */
public final class FilterCommand implements Command {
  private static final Destination KEPT =
      new Destination(
          "--kept",
          "the folder that receives the rows to keep, and what was rejected; the same command run"
              + " again finishes what is missing in both folders (required)");
  private static final Destination DROPPED =
      new Destination("--dropped", "the folder that receives all other rows (required)");

  @Override
  public JobSpec spec() {
    return new JobSpec(
        "filter", List.of(KEPT, DROPPED), FilterSettings.ALL, Optional.empty(), Toggle.OF_ROWS);
  }

  @Override
  public ExitStatus run(JobRun run) {
    FilterRequest request = request(run);
    ChoosePlan plan = plan(request, run);
    try (SparkStart spark = run.startSpark(FilterSettings.THREADS)) {
      ChooseReport report = filter(plan, request, spark, run);
      run.measure(to -> RunMetrics.add(report, to));
      run.tell(FilterText.of(run.showsText() ? report : report.withoutRow(), spark.seconds()));
      return run.verdict(
          report.totals().rejectedLines(),
          report.totals().in(),
          Text.path(report.rejected()),
          report.allRejected());
    }
  }

  private static ChooseReport filter(
      ChoosePlan plan, FilterRequest request, SparkStart spark, JobRun run) {
    try (ProgressDisplay display = run.display()) {
      return FilterJob.run(spark.context(), plan, request, display);
    }
  }

  private static FilterRequest request(JobRun run) {
    Optional<Double> min = run.get(FilterSettings.MIN);
    Optional<Double> max = run.get(FilterSettings.MAX);
    TopLimit top =
        new TopLimit(
            run.get(FilterSettings.TOP).orElse(null),
            run.get(FilterSettings.TOP_FRACTION).orElse(null));
    Set<FilterRequest.Part> parts = EnumSet.noneOf(FilterRequest.Part.class);
    if (run.get(FilterSettings.DEDUP)) {
      parts.add(FilterRequest.Part.DEDUP);
    }
    if (run.get(FilterSettings.RANK)) {
      parts.add(FilterRequest.Part.RANK);
    }
    var where = run.get(FilterSettings.WHERE);
    var scalar = run.get(ChoiceSettings.SCALAR);
    boolean scored =
        min.isPresent()
            || max.isPresent()
            || !top.isNone()
            || parts.contains(FilterRequest.Part.RANK);
    if (!scored && where.isEmpty() && parts.isEmpty() && scalar.isEmpty()) {
      throw Refused.because(
          Problem.at("filter")
              .expected("one of --min --max --where --dedup --top --top-fraction --rank --scalar")
              .found("none"));
    }
    Optional<String> by = run.get(FilterSettings.BY);
    if (by.isEmpty() && scored) {
      by = Optional.of(scalar.isPresent() ? SelectRule.SCALAR : "reward");
    }
    FilterRule.Bounds bounds =
        new FilterRule.Bounds(
            min.orElse(FilterRule.Bounds.NONE.min()), max.orElse(FilterRule.Bounds.NONE.max()));
    return new FilterRequest(
        new FilterRule(by.orElse(null), bounds, where.orElse(null), scalar.orElse(null)),
        top,
        parts);
  }

  private static ChoosePlan plan(FilterRequest request, JobRun run) {
    boolean inColumns = run.writesColumns();
    ChooseConfig config =
        new ChooseConfig(
            run.job().name(),
            run.reading(),
            List.of(run.folder(KEPT), run.folder(DROPPED)),
            format(run),
            run.get(OutputSettings.COMPRESS),
            run.provenance(FilterSettings.KEYS_COMPARED_AS_WRITTEN),
            run.get(OutputSettings.MAX_REJECTED));
    ChoosePlan plan = ChoosePlan.of(config, run.hadoop());
    FilterJob.checkNames(plan, request, run.hadoop());
    if (inColumns) {
      plan = plan.inColumns(file -> Optional.of(new SampleDecisions(request)), run.hadoop());
    }
    plan.folders(run.hadoop()).check();
    return plan;
  }

  private static FormatChoice format(JobRun run) {
    if (!run.get(FilterSettings.DEDUP)) {
      return new FormatChoice.Unneeded();
    }
    return run.format(FilterSettings.FORMAT)
        .<FormatChoice>map(FormatChoice.Named::new)
        .orElseGet(FormatChoice.ByFields::new);
  }
}
