package io.touchstone.selection.benchmark;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RM-Bench: three chosen answers meet three rejected ones, each time concise, detailed, and
 * detailed with Markdown. Hard is where the rejected answer has more style than the chosen one,
 * normal where both have the same, easy where it has less; equal scores are lost. A domain is the
 * mean of the three, overall that of the domains, and both safety files are one domain.
 *
 * <p>Source: github.com/THU-KEG/RM-Bench at 73c52d7, scripts/utils.py.
 */
public final class RmBench extends Benchmark {

  private static final List<String> DOMAINS = List.of("chat", "math", "code", "safety");
  static final List<String> LEVELS = List.of("easy", "normal", "hard");
  private static final int STYLES = 3;

  RmBench() {
    super(
        "rm-bench",
        FormatTable.PREFERENCE_LISTS,
        DOMAINS,
        new BenchmarkRow.Names("score_chosen", "score_rejected"));
  }

  @Override
  List<String> columns() {
    return LEVELS;
  }

  /** The domain that a text names, as the authors do: safety-refuse is safety. */
  public static Optional<String> domain(String text) {
    return DOMAINS.stream().filter(text::startsWith).findFirst();
  }

  @Override
  public String stratum(BenchmarkRow row) {
    Optional<String> own = row.optionalText("domain");
    if (own.isPresent()) {
      return domain(own.get())
          .orElseThrow(() -> BenchmarkRow.unexpected("domain", expected(), own.get()));
    }
    return row.origin()
        .domain()
        .or(() -> DOMAINS.stream().filter(row.origin().name()::contains).findFirst())
        .orElseThrow(
            () ->
                new RowProblem(
                    Malformation.MISSING_FIELD,
                    "domain",
                    "expected "
                        + expected()
                        + " here, in the file's name or by --domain, found none"));
  }

  private static String expected() {
    return String.join(", ", DOMAINS);
  }

  @Override
  public Trial trial(BenchmarkRow row, String id) {
    BenchmarkRow.Names names = scored(row);
    return new Trial(id, stratum(row), side(row, names.chosen()), side(row, names.rejected()), 0);
  }

  private static List<Double> side(BenchmarkRow row, String name) {
    List<Double> scores = row.scores(name);
    if (scores.size() != STYLES) {
      throw BenchmarkRow.wrongLength(name, "3 scores (concise, detailed, markdown)", scores.size());
    }
    return scores;
  }

  /** Share of won comparisons by level; three comparisons make a level. */
  @Override
  double[] credits(Trial trial) {
    double[] levels = new double[LEVELS.size()];
    for (int chosen = 0; chosen < STYLES; chosen++) {
      for (int rejected = 0; rejected < STYLES; rejected++) {
        if (trial.chosen().get(chosen) > trial.rejected().get(rejected)) {
          levels[1 + Integer.signum(rejected - chosen)] += 1.0 / STYLES;
        }
      }
    }
    return levels;
  }

  @Override
  Figures figures(Map<String, List<Unit>> strata) {
    Map<String, Figures.Group> groups = new LinkedHashMap<>();
    for (String domain : DOMAINS) {
      List<Unit> units = strata.getOrDefault(domain, List.of());
      if (!units.isEmpty()) {
        Map<String, Figures.Part> parts = new LinkedHashMap<>();
        double sum = 0;
        for (int level = 0; level < LEVELS.size(); level++) {
          double value = Unit.mean(units, level);
          parts.put(LEVELS.get(level), new Figures.Part(value, units.size()));
          sum += value;
        }
        groups.put(domain, new Figures.Group(sum / LEVELS.size(), units.size(), parts));
      }
    }
    return Figures.byGroup(groups);
  }
}
