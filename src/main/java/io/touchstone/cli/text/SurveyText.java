package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.jobs.survey.SurveyReport;
import io.touchstone.scoring.pipeline.SurveyTotals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is told of rows that were looked at, whatever is to be done with them. */
record SurveyText(SurveyReport survey) {

  void tellRows(Text text) {
    text.about("read", read());
    AnnotateText.tellSkipped(survey.skipped(), text);
    text.about("rows", rows());
    refusals().ifPresent(kinds -> text.about("rejected", kinds));
    notes().tell(text);
  }

  NotesText notes() {
    return new NotesText(noted());
  }

  private String read() {
    return survey.isComplete()
        ? Text.of("all %,d bytes", survey.bytes())
        : Text.of(
            "%,d rows, %,d of %,d bytes from places spread evenly; what follows is estimated from"
                + " them (--dry-run=full reads all)",
            survey.read().in(), survey.bytesRead(), survey.bytes());
  }

  private String rows() {
    String byFormat =
        survey.formats().entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Comparator.comparing(SurveyText::place)))
            .map(
                each ->
                    Text.of(
                        "%,.0f %s",
                        each.getValue().estimate(SurveyTotals::in), each.getKey().word()))
            .collect(Collectors.joining(", "));
    return about(survey.estimate(SurveyTotals::in)) + " in: " + byFormat;
  }

  private static int place(RowFormat format) {
    return RowFormat.named(format.word()).map(FormatTable.ALL::indexOf).orElse(-1);
  }

  private Optional<String> refusals() {
    List<String> kinds = new ArrayList<>();
    for (String kind : survey.read().refusals().keySet()) {
      kinds.add(about(survey.estimate(totals -> refused(totals, kind))) + " " + kind);
    }
    return kinds.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", kinds));
  }

  /** What a job would note; of a sample an estimate. */
  private SortedMap<String, Long> noted() {
    SortedMap<String, Long> notes = new TreeMap<>();
    for (String name : survey.read().notes().keySet()) {
      notes.put(name, Math.round(survey.estimate(totals -> totals.notes().getOrDefault(name, 0L))));
    }
    return notes;
  }

  private static double refused(SurveyTotals totals, String kind) {
    SurveyTotals.Refusals found = totals.refusals().get(kind);
    return found == null ? 0 : found.count();
  }

  void tellLengths(Text text) {
    TreeMap<Integer, Double> counts = new TreeMap<>();
    for (Integer length : survey.read().lengths().keySet()) {
      counts.put(length, survey.estimate(totals -> totals.lengths().getOrDefault(length, 0L)));
    }
    if (counts.isEmpty()) {
      return;
    }
    LengthHistogram lengths = new LengthHistogram(counts);
    text.line("")
        .line(
            "  tokens of a prompt: half have at most %,d, 90 %% %,d, 99 %% %,d; the longest %s has"
                + " %,d",
            lengths.quantile(0.5),
            lengths.quantile(0.9),
            lengths.quantile(0.99),
            survey.isComplete() ? "one" : "read",
            counts.lastKey())
        .add(lengths.bars());
  }

  void tellFirstRefusals(Text text) {
    survey
        .read()
        .refusals()
        .forEach(
            (kind, found) ->
                text.line("")
                    .line("  the first %s: %s", kind, Text.path(found.source()))
                    .line("    byte %d: %s", found.offset(), found.reason()));
  }

  String about(double count) {
    return (survey.isComplete() ? "" : "about ") + Text.of("%,.0f", count);
  }
}
