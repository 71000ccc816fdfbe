package io.touchstone.cli;

import io.touchstone.selection.FilterRule;
import io.touchstone.selection.SelectRule;
import io.touchstone.selection.TopLimit;
import io.touchstone.spark.FilterAsk;
import io.touchstone.spark.FilterJob;
import io.touchstone.spark.FilterVerdict;
import io.touchstone.spark.FormatChoice;
import io.touchstone.spark.LineConfig;
import io.touchstone.spark.LinePlan;
import io.touchstone.spark.LineReport;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** {@code filter}: parts rows into those to keep and those to drop. */
final class FilterCommand implements Job {
  private static final Destination KEPT =
      new Destination(
          "--kept",
          "the folder that receives the rows to keep, and what was rejected; the same command run"
              + " again finishes what is missing in both folders (required)");
  private static final Destination DROPPED =
      new Destination("--dropped", "the folder that receives all other rows (required)");
  private static final JobSpec SPEC =
      new JobSpec(
          "filter",
          List.of(KEPT, DROPPED),
          FilterSettings.ALL,
          Optional.empty(),
          Toggle.OF_ANY_JOB,
          FilterHelp.help());

  private final Surroundings around;

  FilterCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public ExitStatus run(JobCall call, Problems problems) {
    Settings settings = JobSettings.of(SPEC, call, around.installation(), problems);
    Configuration hadoop = JobSettings.hadoop(settings);
    FilterAsk ask = ask(settings);
    LinePlan plan = plan(call, settings, ask, hadoop);

    try (SparkStart spark =
        SparkStart.of(SPEC.name(), settings.spark(), settings.get(FilterSettings.THREADS))) {
      LineReport report;
      try (ProgressDisplay display = ProgressDisplay.of(around, call.toggles())) {
        report = FilterJob.run(spark.context(), plan, ask, display);
      }
      if (!call.isQuiet()) {
        around.say(text(report, spark.seconds()));
      }
      return settings
          .get(AnnotateSettings.MAX_REJECTED)
          .verdict(
              SPEC.name(),
              new RejectionLimit.Found(
                  report.rejectedLines(),
                  report.in(),
                  Summary.asTyped(report.outputs().get(0)) + "/rejected"),
              around.err());
    }
  }

  private static FilterAsk ask(Settings settings) {
    Optional<Double> min = settings.get(FilterSettings.MIN);
    Optional<Double> max = settings.get(FilterSettings.MAX);
    TopLimit top =
        new TopLimit(
            settings.get(FilterSettings.TOP).orElse(null),
            settings.get(FilterSettings.TOP_FRACTION).orElse(null));
    Set<FilterAsk.Part> parts = EnumSet.noneOf(FilterAsk.Part.class);
    if (settings.get(FilterSettings.DEDUP)) {
      parts.add(FilterAsk.Part.DEDUP);
    }
    if (settings.get(FilterSettings.RANK)) {
      parts.add(FilterAsk.Part.RANK);
    }
    var where = settings.get(FilterSettings.WHERE);
    var scalar = settings.get(ChoiceSettings.SCALAR);
    boolean scored =
        min.isPresent() || max.isPresent() || !top.isNone() || parts.contains(FilterAsk.Part.RANK);
    if (!scored && where.isEmpty() && parts.isEmpty() && scalar.isEmpty()) {
      throw new CallException(
          List.of(
              "filter: expected one of --min --max --where --dedup --top --top-fraction --rank"
                  + " --scalar, found none"));
    }
    Optional<String> by = settings.get(FilterSettings.BY);
    if (by.isEmpty() && scored) {
      by = Optional.of(scalar.isPresent() ? SelectRule.SCALAR : "reward");
    }
    FilterRule.Bounds bounds =
        new FilterRule.Bounds(
            min.orElse(FilterRule.Bounds.NONE.min()), max.orElse(FilterRule.Bounds.NONE.max()));
    return new FilterAsk(
        new FilterRule(by.orElse(null), bounds, where.orElse(null), scalar.orElse(null)),
        top,
        parts);
  }

  private static LinePlan plan(
      JobCall call, Settings settings, FilterAsk ask, Configuration hadoop) {
    LineConfig config =
        new LineConfig(
            SPEC.name(),
            JobSettings.reading(call, settings),
            List.of(call.folder(KEPT), call.folder(DROPPED)),
            format(settings),
            settings.get(AnnotateSettings.COMPRESS),
            JobSettings.provenance(settings, FilterSettings.KEYS_COMPARED_AS_WRITTEN));
    LinePlan plan = LinePlan.of(config, hadoop);
    FilterJob.checkNames(plan, ask, hadoop);
    FilterJob.check(plan, hadoop);
    return plan;
  }

  private static FormatChoice format(Settings settings) {
    if (!settings.get(FilterSettings.DEDUP)) {
      return new FormatChoice.Unneeded();
    }
    return settings
        .get(FilterSettings.FORMAT)
        .<FormatChoice>map(FormatChoice.Named::new)
        .orElseGet(FormatChoice.ByFields::new);
  }

  private static String text(LineReport report, double sparkSeconds) {
    String dropped =
        report.verdicts().entrySet().stream()
            .filter(verdict -> !verdict.getKey().equals(FilterVerdict.KEPT.word()))
            .map(verdict -> LineOutcomeText.format("%,d %s", verdict.getValue(), verdict.getKey()))
            .collect(Collectors.joining(", "));
    Map<String, String> counts = new LinkedHashMap<>();
    counts.put("kept", LineOutcomeText.format("%,d", report.written().get(0)));
    counts.put(
        "dropped",
        LineOutcomeText.format("%,d", report.written().get(1))
            + (dropped.isEmpty() ? "" : ": " + dropped)
            + "; they lie in "
            + Summary.asTyped(report.outputs().get(1)));
    Long tied = report.notes().get(FilterVerdict.TIED_WITH_TOP);
    if (tied != null) {
      counts.put(
          "ties",
          LineOutcomeText.format(
              "%,d dropped rows have the score of the last that was kept", tied));
    }
    String headline =
        LineOutcomeText.format(
            "Kept %,d of %,d rows; they lie in %s",
            report.written().get(0), report.in(), Summary.asTyped(report.outputs().get(0)));
    return new LineOutcomeText(report, headline, counts, sparkSeconds).text();
  }
}
