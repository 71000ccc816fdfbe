package io.touchstone.cli.job;

import io.touchstone.cli.call.Command;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Operand;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.call.Version;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.JobSettings;
import io.touchstone.cli.settings.ReportSettings;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.ReportHelp;
import io.touchstone.cli.text.Summary;
import io.touchstone.jobs.report.ReportConfig;
import io.touchstone.jobs.report.ReportJob;
import io.touchstone.jobs.report.ReportOutcome;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.selection.report.ColumnFigures;
import io.touchstone.selection.report.DriftFigures;
import io.touchstone.selection.report.PairAgreement;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.Tally;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code report}: a page on a result's scores. */
public final class ReportCommand implements Command {
  private static final JobSpec SPEC =
      new JobSpec(
          "report",
          new Operand("DIR", "DIR", "the folder of a finished jobs/annotate"),
          List.of(),
          ReportSettings.ALL,
          Optional.empty(),
          Toggle.OF_ANY_JOB,
          ReportHelp.help());

  private final Terminal around;

  public ReportCommand(Terminal around) {
    this.around = around;
  }

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public ExitStatus run(JobCall call, Problems problems) {
    if (call.inputs().size() != 1) {
      problems.add(
          "DIR: expected one folder, found "
              + (call.inputs().isEmpty() ? "nothing" : String.join(" ", call.inputs())));
    }
    Settings settings = JobSettings.of(SPEC, call, around.installation(), problems);
    boolean alone = settings.get(ReportSettings.AGAINST).isEmpty();
    // In a file it may stand for every night, and the first has none before it.
    if (alone
        && settings.origin(ReportSettings.MAX_DRIFT).equals(ReportSettings.MAX_DRIFT.flag())) {
      throw Refused.because("--max-drift: expected --against to name an older result, found none");
    }
    ReportOutcome outcome;
    try (ProgressDisplay display = ProgressDisplay.of(around, call.toggles())) {
      outcome = ReportJob.run(config(call, settings), JobSettings.hadoop(settings), display);
    }
    if (!call.isQuiet()) {
      around.say(text(outcome));
    }
    return verdict(outcome);
  }

  private static ReportConfig config(JobCall call, Settings settings) {
    return new ReportConfig(
        call.inputs().get(0),
        settings.get(ReportSettings.AGAINST),
        settings.get(ReportSettings.OUTPUT),
        settings.get(ReportSettings.FIELDS),
        new Tally.Settings(settings.get(ReportSettings.EXTREMES), ReportSettings.texts(settings)),
        settings.get(ReportSettings.AGAINST).isEmpty()
            ? OptionalDouble.empty()
            : settings.get(ReportSettings.MAX_DRIFT),
        settings.get(AnnotateSettings.MAX_LINE_BYTES).bytes(),
        Version.ofProgram());
  }

  private ExitStatus verdict(ReportOutcome outcome) {
    Report report = outcome.report();
    if (!report.drifted()) {
      return ExitStatus.DONE;
    }
    around
        .err()
        .printf(
            Locale.ROOT,
            "touchstone %s: the population stability index is %.3f, more than --max-drift %s allows;"
                + " see %s%n",
            SPEC.name(),
            report.largestDrift(),
            report.maxDrift(),
            Summary.asTyped(outcome.page()));
    return ExitStatus.DRIFTED;
  }

  private static String text(ReportOutcome outcome) {
    Report report = outcome.report();
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "Reported on %,d scored responses in %,d rows; the page is %s%n%n",
            report.responses(), report.rows(), Summary.asTyped(outcome.page())));
    report.columns().forEach((name, figures) -> text.append(text(name, figures)));
    for (PairAgreement pair : report.agreement()) {
      text.append(
          format(
              "  %s and %s: Spearman %s%s%n",
              pair.a(), pair.b(), orUndefined(pair.spearman()), order(pair)));
    }
    if (!report.rejections().isEmpty()) {
      text.append(
          format(
              "  rejected: %s%n",
              report.rejections().stream()
                  .map(kind -> format("%,d %s", kind.count(), kind.kind()))
                  .collect(Collectors.joining(", "))));
    }
    report.notes().forEach(note -> text.append(format("%n%s%n", note)));
    return text.toString();
  }

  private static String text(String name, ColumnFigures figures) {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "  %s: mean %.3f, standard deviation %.3f, median %.3f, from %.3f to %.3f%n",
            name,
            figures.scores().mean(),
            figures.scores().std(),
            figures.scores().median(),
            figures.scores().min(),
            figures.scores().max()));
    text.append(format("    length  %s%n", figures.length().sentence()));
    DriftFigures drift = figures.drift();
    if (drift != null) {
      text.append(format("    drift   %s%n", drift.sentence()));
    }
    return text.toString();
  }

  private static String order(PairAgreement pair) {
    Double same = pair.sameOrder();
    return same == null
        ? ""
        : format(", the same order in %.0f %% of %,d pairs of responses", 100 * same, pair.pairs());
  }

  private static String orUndefined(@Nullable Double value) {
    return value == null ? "undefined" : format("%.3f", value);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
