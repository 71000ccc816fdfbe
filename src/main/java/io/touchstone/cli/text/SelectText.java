package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.jobs.CommonestReason;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.ChooseTotals;
import io.touchstone.jobs.choose.SelectVerdict;
import io.touchstone.problem.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a finished selection tells the user.
 *
 * @param scored what became of the rows that were scored for it, if they were
 * @param sparkSeconds wall time that Spark took to start
 */
public record SelectText(
    ChooseReport selected, Optional<AnnotateReport> scored, double sparkSeconds) {

  private static final int FIELDS_TOLD = 10;

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

  private long verdicts(SelectVerdict verdict) {
    return selected.totals().verdicts().getOrDefault(verdict.word(), 0L);
  }

  /** What rows say that others of their prompt do not, and that is not in the result. */
  private Optional<String> differing() {
    Map<String, Long> notes = selected.totals().notes();
    Long rows = notes.get(SelectVerdict.DIFFERING);
    if (rows == null) {
      return Optional.empty();
    }
    String fields =
        notes.entrySet().stream()
            .filter(note -> note.getKey().startsWith(SelectVerdict.DIFFERS_IN))
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(FIELDS_TOLD)
            .map(note -> field(note.getKey()) + Text.of(" in %,d", note.getValue()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        Text.of(
            "what %,d joined rows say otherwise than the first of their prompt (%s); --collect NAME"
                + " makes a list of it",
            rows, fields));
  }

  private static String field(String note) {
    String name = note.substring(SelectVerdict.DIFFERS_IN.length());
    return name.isEmpty() ? "other fields" : Printable.name(name);
  }

  public String text() {
    ChooseTotals totals = selected.totals();
    long joined = verdicts(SelectVerdict.JOINED);
    long first = verdicts(SelectVerdict.FIRST);
    long rows = verdicts(SelectVerdict.SELECTED) + first;
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
    long noPair = verdicts(SelectVerdict.NO_PAIR);
    if (joined > 0 || first > 0) {
      counts.put(
          "joined", Text.of("%,d rows of %,d prompts", joined + rows + noPair, rows + noPair));
    }
    notes.add(Text.of("%,d rows", rows));
    if (noPair > 0) {
      notes.add(Text.of("%,d without a pair", noPair));
    }
    Long tied = totals.notes().get(SelectVerdict.TIED);
    if (tied != null) {
      notes.add(Text.of("in %,d of them the first of equal scores was taken", tied));
    }
    if (first == 0) {
      counts.put("from", String.join(", ", notes));
    }
    Long skipped = totals.notes().get(SelectVerdict.SKIPPED);
    if (skipped != null) {
      counts.put(
          first > 0 ? "unscored" : "skipped", Text.of("%,d candidates without a score", skipped));
    }
    differing().ifPresent(told -> counts.put("left out", told));
    String headline =
        Text.of(
            first > 0
                ? "Joined rows into %,d lines of a prompt each; the result lies in %3$s"
                : "Selected %,d lines from %,d rows; the result lies in %s",
            totals.written().get(0),
            rows,
            Text.path(selected.outputs().get(0)));
    String text = new ChooseText(selected, headline, counts, sparkSeconds).text();
    return scored
        .flatMap(AnnotateReport::allRejected)
        .map(why -> AllRejectedText.of(why) + "\n\n" + text)
        .orElse(text);
  }
}
