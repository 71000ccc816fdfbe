package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.evaluate.EvaluateReport;
import io.touchstone.selection.benchmark.EvaluationTable;
import java.util.Optional;

/**
 * What a finished evaluation tells the user.
 *
 * @param scored what became of the rows that were scored for it, if they were
 */
public record EvaluateText(EvaluateReport report, Optional<AnnotateReport> scored) {

  /** Rows that the model could not score. */
  public long unscored() {
    return scored.map(annotate -> annotate.totals().rejectedLines()).orElse(0L);
  }

  /** Rows that do not count, for whatever reason. */
  public long rejected() {
    return report.rows().rejectedLines() + unscored();
  }

  private long withheld() {
    return report.withheld() + scored.map(AnnotateReport::withheld).orElse(0L);
  }

  public String text() {
    Text text = new Text();
    text.line(
        "Evaluated %,d tasks of %s; the result lies in %s",
        report.evaluation().figures().count(),
        report.evaluation().benchmark().word(),
        Text.path(report.output()));
    text.line("");
    text.add(
        new EvaluationTable(report.evaluation(), report.comparison()).plain().lines().toList());
    if (report.skipped().count() > 0) {
      text.line("").line("Skipped %s.", report.skipped().told());
    }
    scored.ifPresent(
        annotate ->
            text.line("")
                .line(
                    "Scored %,d of %,d rows in %.1f s (%,d tokens presented, %,d computed).",
                    annotate.totals().out(),
                    annotate.totals().in(),
                    annotate.seconds().total(),
                    annotate.totals().presentedTokens(),
                    annotate.totals().computedTokens()));
    scored
        .flatMap(AnnotateText::unsteady)
        .ifPresent(told -> text.line("").line("Of the scored, " + told + "."));
    if (report.undecided() > 0) {
      text.line("")
          .line("Left out: %,d rows, which prefer neither of their answers.", report.undecided());
    }
    if (rejected() > 0) {
      text.line("")
          .line(
              "Not counted: %,d rows, which were rejected; %s in %s.",
              rejected(),
              AnnotateText.kept(withheld()),
              scored
                      .filter(annotate -> unscored() > 0)
                      .map(annotate -> Text.path(annotate.rejected()) + " and ")
                      .orElse("")
                  + Text.path(report.rejected()));
    }
    return text.toString();
  }
}
