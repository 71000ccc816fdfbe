package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.jobs.calibrate.CalibrateReport;
import io.touchstone.reward.Curve;
import io.touchstone.selection.calibration.Fit;
import io.touchstone.selection.calibration.LabelRange;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a finished calibration tells the user. */
public final class CalibrateText {
  private CalibrateText() {}

  public static String of(CalibrateReport report) {
    Text text = new Text();
    text.line(
        "Calibrated on %,d rows; the map lies in %s",
        report.rows().takenRows(), Text.path(report.output()));
    text.line("");
    text.about(
        "rows",
        "%,d in, %,d used, %,d rejected, %,d blank",
        report.rows().in(),
        report.rows().takenRows(),
        report.rows().rejectedLines(),
        report.rows().blank());
    if (report.rows().rejectedLines() > 0) {
      text.about(
          "rejected",
          "%s; %s in %s",
          Text.counts(report.rows().rejected()),
          AnnotateText.kept(report.withheld()),
          Text.path(report.rejected()));
    }
    AnnotateText.tellSkipped(report.skipped(), text);
    text.about("model", report.fingerprint());
    LabelRange labels = report.asked().labels();
    if (!labels.equals(LabelRange.OWN)) {
      text.about("labels", "%s, as 0 to 4", labels.told());
    }
    if (report.asked().fit().kind().needsLabels()) {
      text.about(
          "folds",
          "%d, of %,d prompts%s",
          report.asked().fit().folds(),
          report.prompts().count(),
          unknown(report.prompts()));
    }
    report.fits().forEach((attribute, fit) -> tell(attribute, fit, text));
    return text.toString();
  }

  private static String unknown(CalibrateReport.Prompts prompts) {
    return prompts.unknown() == 0
        ? ""
        : Text.of(
            "; of %,d rows no prompt is known, and each counts as one of its own",
            prompts.unknown());
  }

  private static void tell(String attribute, Fit fit, Text text) {
    text.line("").line("  %s", attribute);
    String counts =
        fit.counts().stream().map(count -> Text.of("%,d", count)).collect(Collectors.joining(", "));
    text.line("    labels 0 to 4   %s rows", counts);
    if (fit.curve() instanceof Curve.Edges edges && edges.fallTogether()) {
      text.line(
          "    Note: many scores are equal. The edges between labels fall together (%s), so that some"
              + " labels are given to no score: quantiles cannot part equal scores.",
          edges.scores().stream()
              .map(edge -> Text.of("%.4g", edge))
              .collect(Collectors.joining(", ")));
    }
    fit.error().ifPresent(error -> text.line("    fit error       %.3f", error));
    fit.heldOut().ifPresent(agreed -> text.line("    held out        %s", told(agreed)));
    fit.uncalibrated().ifPresent(agreed -> text.line("    uncalibrated    %s", told(agreed)));
  }

  private static String told(Fit.Agreed agreed) {
    return Text.of(
        "kappa %s, Spearman %s, mean absolute error %.3f",
        orUndefined(agreed.kappa()), orUndefined(agreed.spearman()), agreed.meanAbsoluteError());
  }

  private static String orUndefined(OptionalDouble value) {
    return value.isPresent() ? Text.of("%.3f", value.getAsDouble()) : "undefined";
  }
}
