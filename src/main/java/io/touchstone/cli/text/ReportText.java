package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.jobs.report.ReportOutcome;
import io.touchstone.selection.report.ColumnFigures;
import io.touchstone.selection.report.DriftFigures;
import io.touchstone.selection.report.PairAgreement;
import io.touchstone.selection.report.Report;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a finished report tells the user beside its page. */
public final class ReportText {
  private ReportText() {}

  public static String of(ReportOutcome outcome) {
    Report report = outcome.report();
    Text text = new Text();
    text.line(
        "Reported on %,d scored responses in %,d rows; the page is %s",
        report.responses(), report.rows(), Text.path(outcome.page()));
    text.line("");
    report.columns().forEach((name, figures) -> tell(name, figures, text));
    for (PairAgreement pair : report.agreement()) {
      text.line(
          "  %s and %s: Spearman %s%s",
          pair.a(), pair.b(), orUndefined(pair.spearman()), order(pair));
    }
    if (!report.rejections().isEmpty()) {
      text.line(
          "  rejected: %s",
          report.rejections().stream()
              .map(kind -> Text.of("%,d %s", kind.count(), kind.kind()))
              .collect(Collectors.joining(", ")));
    }
    report.notes().forEach(note -> text.line("").line(note));
    return text.toString();
  }

  private static void tell(String name, ColumnFigures figures, Text text) {
    text.line(
        "  %s: mean %.3f, standard deviation %.3f, median %.3f, from %.3f to %.3f",
        name,
        figures.scores().mean(),
        figures.scores().std(),
        figures.scores().median(),
        figures.scores().min(),
        figures.scores().max());
    text.line("    length  %s", figures.length().sentence());
    DriftFigures drift = figures.drift();
    if (drift != null) {
      text.line("    drift   %s", drift.sentence());
    }
  }

  private static String order(PairAgreement pair) {
    Double same = pair.sameOrder();
    return same == null
        ? ""
        : Text.of(
            ", the same order in %.0f %% of %,d pairs of responses that follow each other",
            100 * same, pair.pairs());
  }

  private static String orUndefined(@Nullable Double value) {
    return value == null ? "undefined" : Text.of("%.3f", value);
  }
}
