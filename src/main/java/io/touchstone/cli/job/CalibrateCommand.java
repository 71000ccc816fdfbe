package io.touchstone.cli.job;

import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Text;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.call.Version;
import io.touchstone.cli.settings.CalibrateSettings;
import io.touchstone.cli.settings.ModelFiles;
import io.touchstone.cli.text.CalibrateText;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.RunMetrics;
import io.touchstone.jobs.calibrate.CalibrateConfig;
import io.touchstone.jobs.calibrate.CalibrateJob;
import io.touchstone.jobs.calibrate.CalibrateReport;
import io.touchstone.selection.calibration.Fit;
import java.util.List;
import java.util.Optional;

/** {@code calibrate}: a map from scores to labels. */
public final class CalibrateCommand implements Command {
  private static final Destination FILE =
      new Destination(
          "--output",
          "FILE",
          "the file that receives the calibration; an earlier one is replaced (required)");

  @Override
  public JobSpec spec() {
    return new JobSpec(
        "calibrate",
        List.of(FILE),
        CalibrateSettings.ALL,
        Optional.of(ModelFiles.reward(CalibrateSettings.MODEL)),
        Toggle.OF_ANY_JOB);
  }

  @Override
  public ExitStatus run(JobRun run) {
    CalibrateReport report = calibrate(run);
    run.measure(to -> RunMetrics.add(report.rows(), to));
    run.tell(CalibrateText.of(report));
    return run.verdict(
        report.rows().rejectedLines(), report.rows().in(), Text.path(report.rejected()));
  }

  private static CalibrateReport calibrate(JobRun run) {
    try (ProgressDisplay display = run.display()) {
      return CalibrateJob.run(config(run), run.hadoop(), display);
    }
  }

  private static CalibrateConfig config(JobRun run) {
    return new CalibrateConfig(
        run.call().inputs(),
        run.folder(FILE),
        run.get(CalibrateSettings.SCORE),
        run.get(CalibrateSettings.LABEL),
        run.get(CalibrateSettings.LABEL_RANGE),
        run.get(CalibrateSettings.ATTRIBUTES),
        run.get(CalibrateSettings.MODEL)
            .map(run::model)
            .map(model -> CheckedModel.fingerprint(model, EngineScorers.reading(run.settings()))),
        new Fit.Settings(
            run.get(CalibrateSettings.KIND),
            run.get(CalibrateSettings.FOLDS),
            run.get(CalibrateSettings.SEED)),
        run.maxLineBytes(),
        Version.ofProgram());
  }
}
