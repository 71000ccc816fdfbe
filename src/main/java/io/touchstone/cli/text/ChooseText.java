package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.ChooseTotals;
import java.util.Map;

/**
 * What a finished job that reads rows and writes rows tells the user.
 *
 * @param headline what became of the rows, but for where they lie
 * @param counts further lines, each a word and what is to be said
 * @param sparkSeconds wall time that Spark took to start; 0 where an earlier run has done all
 */
public record ChooseText(
    ChooseReport report, String headline, Map<String, String> counts, double sparkSeconds) {

  public String text() {
    ChooseTotals totals = report.totals();
    Text text = new Text();
    report.allRejected().ifPresent(why -> text.line("%s", AllRejectedText.of(why)).line(""));
    text.line("%s%s", report.alreadyDone() ? "An earlier run had done this: " : "", headline);
    text.line("");
    text.about(
        "rows",
        "%,d in, %,d rejected, %,d blank",
        totals.in(),
        totals.rejectedLines(),
        totals.blank());
    if (totals.rejectedLines() > 0) {
      text.about(
          "rejected",
          "%s; %s in %s",
          Text.counts(totals.rejected()),
          AnnotateText.kept(totals.withheld()),
          Text.path(report.rejected()));
    }
    counts.forEach((word, said) -> text.about(word, said));
    text.about(
        "pieces",
        AnnotateText.pieces(report.pieces(), report.alreadyDone() ? 0 : report.resumedPieces()));
    AnnotateText.tellSkipped(report.skipped(), text);
    if (!report.alreadyDone()) {
      text.about("time", "%.1f s, after %.1f s to start Spark", report.seconds(), sparkSeconds);
    }
    report
        .firstRow()
        .ifPresent(row -> text.line("").line("The first row:").line(AnnotateText.excerpt(row)));
    return text.toString();
  }
}
