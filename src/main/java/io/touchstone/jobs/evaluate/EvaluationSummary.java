package io.touchstone.jobs.evaluate;

import io.touchstone.selection.benchmark.Comparison;
import io.touchstone.selection.benchmark.Evaluation;
import io.touchstone.selection.benchmark.Figures;
import io.touchstone.selection.benchmark.RmBench;
import io.touchstone.selection.statistics.Bootstrap;
import io.touchstone.selection.statistics.Interval;
import io.touchstone.selection.statistics.SwapTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code evaluation.json}; figures are fractions.
 *
 * @param groups {@code value}, {@code count}, {@code low}, {@code high}; RM-Bench's also {@code
 *     easy}, {@code normal}, {@code hard}; where a group has subsets, each of them under {@code
 *     subsets} likewise
 * @param missing parts of the benchmark that the input has not
 * @param notes what is to be known of how the authors count
 * @param undecided rows that prefer no answer, which are left out
 * @param comparison null without {@code --compare}
 */
record EvaluationSummary(
    String benchmark,
    double overall,
    double low,
    double high,
    int count,
    Map<String, Map<String, Object>> groups,
    List<String> missing,
    List<String> notes,
    long rejected,
    long undecided,
    Resampling resampling,
    @Nullable Compared comparison) {

  record Resampling(String method, int resamples, long seed) {}

  /**
   * @param with the other evaluation's folder
   * @param differences this one minus the other
   */
  record Compared(
      String with,
      int shared,
      int onlyHere,
      int onlyThere,
      String test,
      int shuffles,
      Map<String, Difference> differences) {}

  record Difference(
      double here,
      double there,
      double difference,
      double low,
      double high,
      double p,
      boolean real) {

    static Difference of(Comparison.Difference found) {
      return new Difference(
          found.ours(),
          found.theirs(),
          found.value(),
          found.interval().low(),
          found.interval().high(),
          found.p(),
          found.isReal());
    }
  }

  static EvaluationSummary of(EvaluatePlan plan, EvaluateReport report) {
    Evaluation evaluation = report.evaluation();
    Figures figures = evaluation.figures();
    Interval overall = interval(evaluation, Figures.OVERALL);
    Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
    figures.groups().forEach((name, group) -> groups.put(name, group(evaluation, name, group)));
    return new EvaluationSummary(
        evaluation.benchmark().word(),
        figures.overall(),
        overall.low(),
        overall.high(),
        figures.count(),
        groups,
        evaluation.missing(),
        evaluation.notes(),
        report.rows().rejectedLines(),
        report.undecided(),
        new Resampling(
            "stratified bootstrap, 95 % percentile intervals; exact where all resamples agree",
            Bootstrap.RESAMPLES, plan.config().seed()),
        report
            .comparison()
            .map(found -> compared(plan.config().compare().orElseThrow(), found))
            .orElse(null));
  }

  private static Map<String, Object> group(
      Evaluation evaluation, String name, Figures.Group group) {
    Map<String, Object> json = figure(group.value(), group.count(), interval(evaluation, name));
    Map<String, Object> subsets = new LinkedHashMap<>();
    group
        .parts()
        .forEach(
            (part, figure) -> {
              Interval interval = interval(evaluation, Figures.partName(name, part));
              if (evaluation.benchmark() instanceof RmBench) {
                json.put(part, figure.value());
                json.put(part + "_low", interval.low());
                json.put(part + "_high", interval.high());
              } else {
                subsets.put(part, figure(figure.value(), figure.count(), interval));
              }
            });
    if (!subsets.isEmpty()) {
      json.put("subsets", subsets);
    }
    return json;
  }

  private static Map<String, Object> figure(double value, int count, Interval interval) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("value", value);
    json.put("count", count);
    json.put("low", interval.low());
    json.put("high", interval.high());
    return json;
  }

  private static Interval interval(Evaluation evaluation, String name) {
    return Optional.ofNullable(evaluation.intervals().get(name))
        .orElseThrow(() -> new IllegalStateException("no interval for " + name));
  }

  private static Compared compared(String with, Comparison comparison) {
    Map<String, Difference> differences = new LinkedHashMap<>();
    comparison.differences().forEach((name, found) -> differences.put(name, Difference.of(found)));
    return new Compared(
        with,
        comparison.shared(),
        comparison.onlyOurs(),
        comparison.onlyTheirs(),
        "paired approximate randomization, two-sided",
        SwapTest.SHUFFLES,
        differences);
  }
}
