package io.touchstone.jobs.report;

import io.touchstone.files.scan.ScanTotals;
import io.touchstone.jobs.annotate.ScoringRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader of a report has to know before trusting a figure, as it gathers. */
final class ReportNotes {
  private static final int MOST_CHARACTERS = 1_000;

  private final List<String> notes = new ArrayList<>();

  List<String> all() {
    return List.copyOf(notes);
  }

  private void add(String pattern, Object... values) {
    notes.add(String.format(Locale.ROOT, pattern, values));
  }

  /** What was told of the model when it ran, warnings first. */
  void model(ReportedResult result) {
    ScoringRun.Reading reading = result.run().model().reading();
    reading.warnings().forEach(warning -> notes.add("Warning: " + warning));
    if (!reading.readOut().isEmpty()) {
      notes.add("The reward is the " + reading.readOut() + ".");
    }
    if (!result.question().isEmpty()) {
      notes.add(
          (result.isJudged() ? "Judged by this recipe: " : "Asked behind each answer: ")
              + oneLine(result.question()));
    }
    if (!result.principles().isEmpty()) {
      notes.add("By these principles: " + oneLine(result.principles().replace("\n", "; ")));
    }
    if (!reading.tokenizerDifferences().isEmpty()) {
      notes.add(
          (reading.tokenizer().equals("file")
                  ? "The tokenizer is tokenizer.json as it stands; transformers 5.23 would rebuild it: "
                  : "The tokenizer was rebuilt as transformers 5.23 does: ")
              + String.join("; ", reading.tokenizerDifferences())
              + ".");
    }
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{C}+", " ");
    return line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "…" : line;
  }

  /** What differs between two results beside their rows. */
  void settings(ReportedResult newer, ReportedResult older) {
    List<String> unlike = newer.settingsUnlike(older);
    if (!unlike.isEmpty()) {
      add(
          "The two results were made with different settings (%s): what differs need not be the"
              + " data.",
          String.join(", ", unlike));
    }
  }

  /** What reading the rows has brought up. */
  void read(ReportedResult result, ScanTotals totals) {
    if (totals.rejectedLines() > 0) {
      add(
          "%,d of the %,d rows in %s could not be read back as rows with these scores, and are in no"
              + " figure.",
          totals.rejectedLines(), totals.in(), result.shown());
    }
    long written = result.run().rows().out();
    if (totals.in() != written) {
      add(
          "%s of %s says that %,d rows were written, but %,d were found.",
          result.layout().summary().getName(), result.shown(), written, totals.in());
    }
  }

  /** Candidates without a score. */
  void without(ReportedResult result, long candidates) {
    if (candidates > 0) {
      add("%,d candidates in %s have no score, and are in no figure.", candidates, result.shown());
    }
  }

  /** Rows whose answers could not be counted. */
  void unreadable(ReportedResult result, long rows) {
    if (rows > 0) {
      add(
          "%,d rows in %s do not have what jobs/generate writes of answers, and are in no figure of"
              + " them.",
          rows, result.shown());
    }
  }
}
