package io.touchstone.cli.job;

import io.touchstone.cli.call.Command;
import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.ChoiceSettings;
import io.touchstone.cli.settings.FilterSettings;
import io.touchstone.cli.settings.JobSettings;
import io.touchstone.cli.settings.RejectionLimit;
import io.touchstone.cli.text.ChooseOutcomeText;
import io.touchstone.cli.text.FilterHelp;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.Summary;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.jobs.choose.FilterVerdict;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.selection.FilterRule;
import io.touchstone.selection.SelectRule;
import io.touchstone.selection.TopLimit;
import io.touchstone.spark.choose.FilterJob;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** {@code filter}: parts rows into those to keep and those to drop. */
public final class FilterCommand implements Command {
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

  private final Terminal around;

  public FilterCommand(Terminal around) {
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
    FilterRequest request = request(settings);
    ChoosePlan plan = plan(call, settings, request, hadoop);

    try (SparkStart spark =
        SparkStart.of(SPEC.name(), settings.spark(), settings.get(FilterSettings.THREADS))) {
      ChooseReport report;
      try (ProgressDisplay display = ProgressDisplay.of(around, call.toggles())) {
        report = FilterJob.run(spark.context(), plan, request, display);
      } catch (TooManyRejectedException e) {
        return settings.get(AnnotateSettings.MAX_REJECTED).stopped(SPEC.name(), e, around.err());
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

  private static FilterRequest request(Settings settings) {
    Optional<Double> min = settings.get(FilterSettings.MIN);
    Optional<Double> max = settings.get(FilterSettings.MAX);
    TopLimit top =
        new TopLimit(
            settings.get(FilterSettings.TOP).orElse(null),
            settings.get(FilterSettings.TOP_FRACTION).orElse(null));
    Set<FilterRequest.Part> parts = EnumSet.noneOf(FilterRequest.Part.class);
    if (settings.get(FilterSettings.DEDUP)) {
      parts.add(FilterRequest.Part.DEDUP);
    }
    if (settings.get(FilterSettings.RANK)) {
      parts.add(FilterRequest.Part.RANK);
    }
    var where = settings.get(FilterSettings.WHERE);
    var scalar = settings.get(ChoiceSettings.SCALAR);
    boolean scored =
        min.isPresent()
            || max.isPresent()
            || !top.isNone()
            || parts.contains(FilterRequest.Part.RANK);
    if (!scored && where.isEmpty() && parts.isEmpty() && scalar.isEmpty()) {
      throw Refused.because(
          "filter: expected one of --min --max --where --dedup --top --top-fraction --rank"
              + " --scalar, found none");
    }
    Optional<String> by = settings.get(FilterSettings.BY);
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

  private static ChoosePlan plan(
      JobCall call, Settings settings, FilterRequest request, Configuration hadoop) {
    ChooseConfig config =
        new ChooseConfig(
            SPEC.name(),
            JobSettings.reading(call, settings),
            List.of(call.folder(KEPT), call.folder(DROPPED)),
            format(settings),
            settings.get(AnnotateSettings.COMPRESS),
            JobSettings.provenance(settings, FilterSettings.KEYS_COMPARED_AS_WRITTEN),
            settings.get(AnnotateSettings.MAX_REJECTED));
    ChoosePlan plan = ChoosePlan.of(config, hadoop);
    FilterJob.checkNames(plan, request, hadoop);
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

  private static String text(ChooseReport report, double sparkSeconds) {
    String dropped =
        report.verdicts().entrySet().stream()
            .filter(verdict -> !verdict.getKey().equals(FilterVerdict.KEPT.word()))
            .map(
                verdict -> ChooseOutcomeText.format("%,d %s", verdict.getValue(), verdict.getKey()))
            .collect(Collectors.joining(", "));
    Map<String, String> counts = new LinkedHashMap<>();
    counts.put("kept", ChooseOutcomeText.format("%,d", report.written().get(0)));
    counts.put(
        "dropped",
        ChooseOutcomeText.format("%,d", report.written().get(1))
            + (dropped.isEmpty() ? "" : ": " + dropped)
            + "; they lie in "
            + Summary.asTyped(report.outputs().get(1)));
    Long tied = report.notes().get(FilterVerdict.TIED_WITH_TOP);
    if (tied != null) {
      counts.put(
          "ties",
          ChooseOutcomeText.format(
              "%,d dropped rows have the score of the last that was kept", tied));
    }
    String headline =
        ChooseOutcomeText.format(
            "Kept %,d of %,d rows; they lie in %s",
            report.written().get(0), report.in(), Summary.asTyped(report.outputs().get(0)));
    return new ChooseOutcomeText(report, headline, counts, sparkSeconds).text();
  }
}
