package io.touchstone.selection.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.conversation.line.JsonRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Short ways to a benchmark's rows and trials. */
final class Rows {
  private static final ScoreChoice USUAL = new ScoreChoice(Optional.empty(), Optional.empty());

  private Rows() {}

  /** A row typed with single quotes. */
  static BenchmarkRow row(String json) {
    return row(json, new Origin("file:/data/rows.jsonl", Optional.empty()));
  }

  static BenchmarkRow row(String json, Origin origin) {
    return new BenchmarkRow(JsonRow.read(json.replace('\'', '"').getBytes(UTF_8)), origin, USUAL);
  }

  /** The rows' trials, numbered where they have no id. */
  static List<Trial> trials(Benchmark benchmark, String... rows) {
    List<Trial> trials = new ArrayList<>();
    for (String json : rows) {
      BenchmarkRow row = row(json);
      trials.add(benchmark.trial(row, row.id().orElse("row " + trials.size())));
    }
    return trials;
  }

  static Figures figures(Benchmark benchmark, List<Trial> trials) {
    return benchmark.figures(Sample.of(benchmark.units(trials)).strata());
  }
}
