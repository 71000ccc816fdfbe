package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.ChooseTotals;
import io.touchstone.jobs.choose.FilterVerdict;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a finished filter job tells the user. */
public final class FilterText {
  private FilterText() {}

  public static String of(ChooseReport report, double sparkSeconds) {
    ChooseTotals totals = report.totals();
    Map<String, Long> reasons = new LinkedHashMap<>(totals.verdicts());
    reasons.remove(FilterVerdict.KEPT.word());
    Map<String, String> counts = new LinkedHashMap<>();
    counts.put("kept", Text.of("%,d", totals.written().get(0)));
    counts.put(
        "dropped",
        Text.of(
            "%,d%s; they lie in %s",
            totals.written().get(1),
            reasons.isEmpty() ? "" : ": " + Text.counts(reasons),
            Text.path(report.outputs().get(1))));
    Long tied = totals.notes().get(FilterVerdict.TIED_WITH_TOP);
    if (tied != null) {
      counts.put(
          "ties", Text.of("%,d dropped rows have the score of the last that was kept", tied));
    }
    String headline =
        Text.of(
            "Kept %,d of %,d rows; they lie in %s",
            totals.written().get(0), totals.in(), Text.path(report.outputs().get(0)));
    return new ChooseText(report, headline, counts, sparkSeconds).text();
  }
}
