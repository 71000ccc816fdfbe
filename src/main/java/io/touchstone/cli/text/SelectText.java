package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.jobs.CommonestReason;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.ChooseTotals;
import io.touchstone.jobs.choose.SelectVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a finished selection tells the user.
 *
 * @param scored what became of the rows that were scored for it, if they were
 * @param sparkSeconds wall time that Spark took to start; 0 where an earlier run has done all
 */
public record SelectText(
    ChooseReport selected, Optional<AnnotateReport> scored, double sparkSeconds) {

  /** The same, for where no text of a row may stand. */
  public SelectText withoutRow() {
    return new SelectText(selected.withoutRow(), scored, sparkSeconds);
  }

  /** Rows that the model could not score. */
  public long unscored() {
    return scored.map(annotate -> annotate.totals().rejectedLines()).orElse(0L);
  }

  /** Where the rejected lines lie. */
  public String rejected() {
    return scored
            .filter(annotate -> unscored() > 0)
            .map(annotate -> Text.path(annotate.rejected()) + " and ")
            .orElse("")
        + Text.path(selected.rejected());
  }

  /** Why, where not one row was scored or selected. */
  public Optional<CommonestReason> allRejected() {
    return selected.allRejected().or(() -> scored.flatMap(AnnotateReport::allRejected));
  }

  public String text() {
    ChooseTotals totals = selected.totals();
    long rows = totals.verdicts().getOrDefault(SelectVerdict.SELECTED.word(), 0L);
    Map<String, String> counts = new LinkedHashMap<>();
    scored.ifPresent(
        annotate ->
            counts.put(
                "scored",
                Text.of(
                    "%,d rows in %.1f s, %,d rejected; they lie in %s",
                    annotate.totals().out(),
                    annotate.seconds().total(),
                    annotate.totals().rejectedLines(),
                    Text.path(annotate.output()))));
    scored.flatMap(AnnotateText::unsteady).ifPresent(told -> counts.put("bits", told));
    List<String> notes = new ArrayList<>();
    notes.add(Text.of("%,d rows", rows));
    Long noPair = totals.verdicts().get(SelectVerdict.NO_PAIR.word());
    if (noPair != null) {
      notes.add(Text.of("%,d without a pair", noPair));
    }
    Long tied = totals.notes().get(SelectVerdict.TIED);
    if (tied != null) {
      notes.add(Text.of("in %,d of them the first of equal scores was taken", tied));
    }
    counts.put("from", String.join(", ", notes));
    Long skipped = totals.notes().get(SelectVerdict.SKIPPED);
    if (skipped != null) {
      counts.put("skipped", Text.of("%,d candidates without a score", skipped));
    }
    String headline =
        Text.of(
            "Selected %,d lines from %,d rows; the result lies in %s",
            totals.written().get(0), rows, Text.path(selected.outputs().get(0)));
    String text = new ChooseText(selected, headline, counts, sparkSeconds).text();
    return scored
        .flatMap(AnnotateReport::allRejected)
        .map(why -> AllRejectedText.of(why) + "\n\n" + text)
        .orElse(text);
  }
}
