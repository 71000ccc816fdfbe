package io.touchstone.selection.report.history;

import io.touchstone.selection.report.Distribution;
import io.touchstone.selection.report.RunFigures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Nights that a test writes down. */
public final class Nights {
  private Nights() {}

  /** Scores spread evenly around a middle, 1,000 of them, as one model gave them. */
  public static Night night(String date, String fingerprint, double middle) {
    List<Double> percentiles = new ArrayList<>();
    for (int i = 0; i <= 100; i++) {
      percentiles.add(middle - 1 + i / 50.0);
    }
    return night(date, fingerprint, scores(middle, percentiles, new TreeMap<>()));
  }

  /** Labels with their counts. */
  public static Night labelled(String date, Map<Long, Long> labels) {
    return night(date, "model", scores(2, List.of(), new TreeMap<>(labels)));
  }

  public static NightScores scores(
      double middle, List<Double> percentiles, SortedMap<Long, Long> labels) {
    Map<String, Double> quantiles = new LinkedHashMap<>();
    for (int percent : Distribution.percents()) {
      quantiles.put("p" + percent, middle - 1 + percent / 50.0);
    }
    return new NightScores(
        new Distribution(1_000, middle, 0.6, middle - 1, middle + 1, quantiles),
        percentiles,
        labels,
        null,
        null);
  }

  public static Night night(String date, String fingerprint, NightScores scores) {
    return new Night(
        LocalDate.parse(date),
        date + "/report",
        "/nights/" + date + "/scored",
        run(fingerprint),
        1_000,
        Map.of("helpfulness", scores));
  }

  private static RunFigures run(String fingerprint) {
    RunFigures.Rows rows = new RunFigures.Rows(1_010, 1_000, 10, 0);
    RunFigures.Tokens tokens = RunFigures.Tokens.of(50_000, 40_000, 0);
    return new RunFigures(
        "2026-11-29T02:17:04Z",
        new RunFigures.Model("/models/" + fingerprint, "Fake", fingerprint, "fp32"),
        "float",
        rows,
        tokens,
        RunFigures.Speed.of(10, rows, tokens));
  }
}
