package io.touchstone.cli.job;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.cli.call.Command;
import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.call.Version;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.CalibrateSettings;
import io.touchstone.cli.settings.JobSettings;
import io.touchstone.cli.settings.RejectionLimit;
import io.touchstone.cli.text.CalibrateHelp;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.Summary;
import io.touchstone.jobs.calibrate.CalibrateConfig;
import io.touchstone.jobs.calibrate.CalibrateJob;
import io.touchstone.jobs.calibrate.CalibrateReport;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.selection.calibration.Fit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** {@code calibrate}: a map from scores to labels. */
public final class CalibrateCommand implements Command {
  private static final Destination FILE =
      new Destination(
          "--output",
          "FILE",
          "the file that receives the calibration; an earlier one is replaced (required)");
  private static final JobSpec SPEC =
      new JobSpec(
          "calibrate",
          List.of(FILE),
          CalibrateSettings.ALL,
          Optional.empty(),
          Toggle.OF_ANY_JOB,
          CalibrateHelp.help());

  private final Terminal around;

  public CalibrateCommand(Terminal around) {
    this.around = around;
  }

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public ExitStatus run(JobCall call, Problems problems) {
    Settings settings = JobSettings.of(SPEC, call, around.installation(), problems);
    CalibrateReport report;
    try (ProgressDisplay display = ProgressDisplay.of(around, call.toggles())) {
      report = CalibrateJob.run(config(call, settings), JobSettings.hadoop(settings), display);
    }
    if (!call.isQuiet()) {
      around.say(text(report));
    }
    return settings
        .get(AnnotateSettings.MAX_REJECTED)
        .verdict(
            SPEC.name(),
            new RejectionLimit.Found(
                report.rows().rejectedLines(),
                report.rows().in(),
                Summary.asTyped(report.rejected())),
            around.err());
  }

  private CalibrateConfig config(JobCall call, Settings settings) {
    return new CalibrateConfig(
        call.inputs(),
        call.folder(FILE),
        settings.get(CalibrateSettings.SCORE),
        settings.get(CalibrateSettings.LABEL),
        settings.get(CalibrateSettings.ATTRIBUTES),
        CalibrateSettings.hasModel(settings)
            ? fingerprint(around.installation().model(settings.get(CalibrateSettings.MODEL)))
            : "",
        new Fit.Settings(
            settings.get(CalibrateSettings.KIND),
            settings.get(CalibrateSettings.FOLDS),
            settings.get(CalibrateSettings.SEED)),
        settings.get(AnnotateSettings.MAX_LINE_BYTES).bytes(),
        Version.ofProgram());
  }

  private static String fingerprint(Path model) {
    try {
      return Checkpoint.open(model).fingerprint();
    } catch (Refused e) {
      throw new Refused(
          e.problems().stream().map(problem -> "model " + model + ": " + problem).toList());
    }
  }

  private static String text(CalibrateReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "Calibrated on %,d rows; the map lies in %s%n%n",
            report.rows().takenRows(), Summary.asTyped(report.output())));
    text.append(
        format(
            "  rows      %,d in, %,d used, %,d rejected, %,d blank%n",
            report.rows().in(),
            report.rows().takenRows(),
            report.rows().rejectedLines(),
            report.rows().blank()));
    if (report.rows().rejectedLines() > 0) {
      String kinds =
          report.rows().rejected().entrySet().stream()
              .map(kind -> format("%,d %s", kind.getValue(), kind.getKey()))
              .collect(Collectors.joining(", "));
      text.append(
          format(
              "  rejected  %s; lines and reasons in %s%n",
              kinds, Summary.asTyped(report.rejected())));
    }
    text.append(format("  model     %s%n", report.fingerprint()));
    report.fits().forEach((attribute, fit) -> text.append(text(attribute, fit)));
    return text.toString();
  }

  private static String text(String attribute, Fit fit) {
    StringBuilder text = new StringBuilder(format("%n  %s%n", attribute));
    String counts =
        fit.counts().stream().map(count -> format("%,d", count)).collect(Collectors.joining(", "));
    text.append(format("    labels 0 to 4   %s rows%n", counts));
    fit.error().ifPresent(error -> text.append(format("    fit error       %.3f%n", error)));
    fit.heldOut()
        .ifPresent(agreed -> text.append(format("    held out        %s%n", text(agreed))));
    fit.uncalibrated()
        .ifPresent(agreed -> text.append(format("    uncalibrated    %s%n", text(agreed))));
    return text.toString();
  }

  private static String text(Fit.Agreed agreed) {
    return format(
        "kappa %s, Spearman %s, mean absolute error %.3f",
        orUndefined(agreed.kappa()), orUndefined(agreed.spearman()), agreed.meanAbsoluteError());
  }

  private static String orUndefined(OptionalDouble value) {
    return value.isPresent() ? format("%.3f", value.getAsDouble()) : "undefined";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
