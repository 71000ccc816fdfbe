package io.touchstone.cli.job;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Operand;
import io.touchstone.cli.call.Text;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.call.Version;
import io.touchstone.cli.settings.ReportSettings;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.ReportText;
import io.touchstone.jobs.report.ReportConfig;
import io.touchstone.jobs.report.ReportJob;
import io.touchstone.jobs.report.ReportOutcome;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.Tally;
import io.touchstone.selection.report.Texts;
import java.util.List;
import java.util.Optional;

/** {@code report}: a page on a result's scores. */
public final class ReportCommand implements Command {

  @Override
  public JobSpec spec() {
    return new JobSpec(
        "report",
        new Operand("DIR", "DIR", "the folder of a finished jobs/annotate or jobs/generate"),
        List.of(),
        ReportSettings.ALL,
        Optional.empty(),
        Toggle.OF_ANY_JOB);
  }

  @Override
  public void check(List<String> operands, Problems problems) {
    if (operands.size() != 1) {
      problems.add(
          Problem.at("DIR")
              .expected("one folder")
              .found(operands.isEmpty() ? "nothing" : String.join(" ", operands)));
    }
  }

  @Override
  public ExitStatus run(JobRun run) {
    // In a file it may stand for every night, and the first has none before it.
    if (run.get(ReportSettings.AGAINST).isEmpty()
        && run.settings()
            .origin(ReportSettings.MAX_DRIFT)
            .equals(ReportSettings.MAX_DRIFT.flag())) {
      throw Refused.because(
          Problem.at("--max-drift").expected("--against to name an older result").found("none"));
    }
    ReportOutcome outcome = report(run);
    Double drift = outcome.report().largestDrift();
    if (drift != null) {
      run.measure(
          to ->
              to.gauge(
                  "drift_psi_ratio",
                  "Largest population stability index of all scores against the older result.",
                  drift));
    }
    run.tell(ReportText.of(outcome));
    return verdict(outcome, run);
  }

  private static ReportOutcome report(JobRun run) {
    try (ProgressDisplay display = run.display()) {
      return ReportJob.run(config(run), run.hadoop(), display);
    }
  }

  private static ReportConfig config(JobRun run) {
    Optional<String> against = run.get(ReportSettings.AGAINST);
    return new ReportConfig(
        run.call().inputs().get(0),
        against,
        run.get(ReportSettings.OUTPUT),
        run.get(ReportSettings.FIELDS),
        new Tally.Settings(
            run.get(ReportSettings.EXTREMES),
            run.get(ReportSettings.SHOW_TEXT) ? Texts.SHOWN : Texts.HIDDEN),
        against.isEmpty() ? Optional.empty() : run.get(ReportSettings.MAX_DRIFT),
        run.maxLineBytes(),
        Version.ofProgram());
  }

  private static ExitStatus verdict(ReportOutcome outcome, JobRun run) {
    Report report = outcome.report();
    List<String> told = report.driftedTold();
    if (told.isEmpty()) {
      return ExitStatus.DONE;
    }
    told.forEach(each -> run.warn("%s; see %s", each, Text.path(outcome.page())));
    return ExitStatus.DRIFTED;
  }
}
