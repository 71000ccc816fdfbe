package io.touchstone.selection.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tallies of rows that a test writes down. */
public final class Tallies {
  public static final ScoreField USUAL = new ScoreField(Optional.empty());

  private Tallies() {}

  public static Tally empty(Texts texts, ScoreField... fields) {
    return new Tally(
        new ScoreReader(List.of(fields), ReadRules.ALL, "helpfulness"),
        new Tally.Settings(3, texts));
  }

  public static Tally of(RowFormat format, String... rows) {
    Tally tally = empty(Texts.HIDDEN, USUAL);
    for (String row : rows) {
      add(tally, format, row);
    }
    return tally;
  }

  public static void add(Tally tally, RowFormat format, String row) {
    tally.add(
        new Tally.Line(
            row.getBytes(UTF_8), format, "/in/a.jsonl", "part-00000.jsonl", tally.rows() + 1));
  }

  public static String row(String prompt, int length, double score) {
    return String.format(
        Locale.ROOT,
        "{\"prompt\": \"%s\", \"response\": \"%s\", \"reward\": %s}",
        prompt,
        "x".repeat(length),
        score);
  }

  public static Report report(Tally newer, Optional<Tally> older, Optional<DriftLimit> maxDrift) {
    return Report.of(
        new Report.Frame(
            "touchstone test",
            "/out/today",
            older.map(tally -> "/out/yesterday").orElse(null),
            List.of(),
            run(),
            Optional.empty(),
            "/out/today/_rejected",
            List.of(),
            maxDrift),
        newer,
        older);
  }

  public static RunFigures run() {
    RunFigures.Rows rows = new RunFigures.Rows(10, 9, 1, 0);
    RunFigures.Tokens tokens = RunFigures.Tokens.of(1_000, 750, 120);
    return new RunFigures(
        "2026-11-29T02:17:04Z",
        new RunFigures.Model("/models/fake", "FakeForSequenceClassification", "abc", "fp32"),
        "float",
        rows,
        tokens,
        RunFigures.Speed.of(2, rows, tokens));
  }
}
