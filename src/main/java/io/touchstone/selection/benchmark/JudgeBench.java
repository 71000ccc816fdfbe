package io.touchstone.selection.benchmark;

import io.touchstone.conversation.format.FormatTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * JudgeBench: the verdict is {@code A>B} where A scores strictly higher, else {@code B>A}; overall
 * is by pair.
 *
 * <p>Source: github.com/ScalerLab/JudgeBench at e2c52c2, utils/judges.py (the reward models) and
 * utils/metrics.py.
 */
public final class JudgeBench extends Benchmark {

  /** Groups by how a pair's {@code source} begins. */
  private static final Map<String, String> SOURCES = sources();

  private static Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("mmlu-pro", "knowledge");
    sources.put("livebench-reasoning", "reasoning");
    sources.put("livebench-math", "math");
    sources.put("livecodebench", "coding");
    return sources;
  }

  JudgeBench() {
    super(
        "judgebench",
        FormatTable.JUDGEBENCH,
        List.copyOf(SOURCES.values()),
        new BenchmarkRow.Names("score_A", "score_B"));
  }

  @Override
  public String stratum(BenchmarkRow row) {
    String label = row.text("label");
    if (!label.equals("A>B") && !label.equals("B>A")) {
      throw BenchmarkRow.unexpected("label", "A>B or B>A", label);
    }
    String source = row.text("source");
    return SOURCES.entrySet().stream()
        .filter(group -> source.startsWith(group.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                BenchmarkRow.unexpected(
                    "source",
                    "a name that begins with " + String.join(", ", SOURCES.keySet()),
                    source));
  }

  @Override
  List<String> notes(List<Trial> trials) {
    long equal = trials.stream().filter(trial -> trial.chosen().equals(trial.rejected())).count();
    return List.of(
        String.format(
            Locale.ROOT,
            "Equal scores are the verdict B>A, as with the authors: right where the label says so, and"
                + " wrong where it says A>B. %,d of %,d pairs have them.",
            equal,
            trials.size()));
  }

  @Override
  public Trial trial(BenchmarkRow row, String id) {
    String stratum = stratum(row);
    BenchmarkRow.Names names = scored(row);
    List<Double> a = List.of(row.score(names.chosen()));
    List<Double> b = List.of(row.score(names.rejected()));
    return row.text("label").equals("A>B")
        ? new Trial(id, stratum, a, b, 0)
        : new Trial(id, stratum, b, a, 1);
  }
}
