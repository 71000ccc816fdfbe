package io.touchstone.selection.benchmark;

import io.touchstone.selection.statistics.Bootstrap;
import io.touchstone.selection.statistics.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A benchmark's table with the uncertainty of each figure.
 *
 * @param intervals 95 % intervals by the names of {@link Figures#byName()}
 * @param missing parts of the benchmark that have no trials; without them no figure is the
 *     published one
 * @param notes what is to be known of how the authors count
 */
public record Evaluation(
    Benchmark benchmark,
    Figures figures,
    Map<String, Interval> intervals,
    List<String> missing,
    List<String> notes) {

  public Evaluation {
    intervals = Collections.unmodifiableMap(new LinkedHashMap<>(intervals));
    missing = List.copyOf(missing);
    notes = List.copyOf(notes);
  }

  /**
   * @param trials at least one
   * @param seed of the resampling
   */
  public static Evaluation of(Benchmark benchmark, List<Trial> trials, long seed) {
    Sample sample = Sample.of(benchmark.units(trials));
    Figures figures = benchmark.figures(sample.strata());
    List<Interval> intervals =
        Bootstrap.intervals(
            sample.sizes(), places -> values(benchmark.figures(sample.drawn(places))), seed);
    Map<String, Interval> named = new LinkedHashMap<>();
    Map<String, Double> tasks = figures.equalTasksByName();
    figures
        .byName()
        .forEach(
            (name, value) ->
                named.put(
                    name,
                    intervals
                        .get(named.size())
                        .orIfAlike(value, tasks.getOrDefault(name, 1.0), 0, 1)));
    return new Evaluation(
        benchmark,
        figures,
        named,
        benchmark.missing(sample.strata().keySet()),
        benchmark.notes(trials));
  }

  private static double[] values(Figures figures) {
    return figures.byName().values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
