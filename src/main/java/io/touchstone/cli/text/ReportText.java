package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.jobs.report.ReportOutcome;
import io.touchstone.selection.report.AnswerFigures;
import io.touchstone.selection.report.ColumnFigures;
import io.touchstone.selection.report.DriftFigures;
import io.touchstone.selection.report.Figure;
import io.touchstone.selection.report.Improvement;
import io.touchstone.selection.report.PairAgreement;
import io.touchstone.selection.report.Preference;
import io.touchstone.selection.report.Report;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a finished report tells the user beside its page. */
public final class ReportText {
  private static final int MOST_SKIPPED = 5;

  private ReportText() {}

  public static String of(ReportOutcome outcome) {
    Report report = outcome.report();
    Text text = new Text();
    text.line(
        "Reported on %,d %s in %,d rows; the page is %s",
        report.responses(),
        report.columns().isEmpty() ? "answers" : "scored responses",
        report.rows(),
        Text.path(outcome.page()));
    text.line("");
    AnswerFigures answers = report.answers();
    if (answers != null) {
      tell(answers, text);
    }
    Improvement improvement = report.improvement();
    if (improvement != null) {
      tell(improvement, text);
    }
    report.columns().forEach((name, figures) -> tell(name, figures, text));
    Report.Nights nights = report.nights();
    if (nights != null) {
      tell(nights, text);
    }
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
    Preference pairs = figures.preference();
    if (pairs != null) {
      text.line(
          "    pairs   The chosen response scores higher in %.0f %% of %,d pairs (with 95 %% certainty %.0f to"
              + " %.0f %%), both alike in %.0f %%; by %s on average over all.",
          100 * pairs.winRate(),
          pairs.pairs(),
          100 * pairs.low(),
          100 * pairs.high(),
          100.0 * pairs.ties() / pairs.pairs(),
          Figure.mean(pairs.margin().mean(), pairs.margin().std()));
    }
    if (!figures.labels().isEmpty()) {
      text.line(
          "    labels  %s",
          figures.labels().entrySet().stream()
              .map(label -> Text.of("%d: %,d", label.getKey(), label.getValue()))
              .collect(Collectors.joining(", ")));
    }
    DriftFigures drift = figures.drift();
    if (drift != null) {
      text.line("    drift   %s", drift.sentence());
    }
  }

  private static void tell(Report.Nights nights, Text text) {
    text.line(
        "  nights: %,d from %s to %s, this one among them%s",
        nights.nights(),
        nights.from(),
        nights.to(),
        nights.otherwise() == 0
            ? ""
            : Text.of("; %,d of another model or with other settings", nights.otherwise()));
    nights.drift().forEach(told -> text.line("    drift   %s", told));
    if (nights.leftOut() > 0) {
      text.line("    %,d nights are not drawn", nights.leftOut());
    }
    if (!nights.skipped().isEmpty()) {
      text.line("    %,d files are no reports of a night:", nights.skipped().size());
      nights.skipped().stream()
          .limit(MOST_SKIPPED)
          .forEach(file -> text.line("      [%s] %s", file.file(), file.reason()));
    }
  }

  private static void tell(AnswerFigures figures, Text text) {
    text.line(
        "  answers: %s",
        figures.finishes().entrySet().stream()
            .map(how -> Text.of("%s %,d", how.getKey(), how.getValue()))
            .collect(Collectors.joining(", ")));
    text.line(
        "    tokens  half have at most %,.0f, 99 %% %,.0f; the longest has %,.0f",
        figures.tokens().median(), figures.tokens().quantile(99), figures.tokens().max());
    if (figures.thoughts() > 0 || figures.cutThoughts() > 0) {
      text.line(
          "    thoughts  %,d; in %,d answers nothing stands behind it",
          figures.thoughts(), figures.cutThoughts());
    }
  }

  private static void tell(Improvement figures, Text text) {
    text.line(
        "  edits: mean reward of all responses %.3f, of the best response %.3f, of the best of all %.3f",
        figures.responses().mean(), figures.before().mean(), figures.after().mean());
    Improvement.Pairs pairs = figures.pairs();
    if (pairs != null) {
      text.line(
          "    %,d differ from the response: %,d better, by %.3f on average, %,d worse, %,d as good; sign"
              + " test p = %.3g",
          pairs.count(),
          pairs.better(),
          pairs.gain(),
          pairs.worse(),
          pairs.equal(),
          pairs.pValue());
    }
    text.line(
        "    %,d rows whose edits change nothing, %,d without an edit",
        figures.unchanged(), figures.withoutEdit());
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
