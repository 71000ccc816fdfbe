package io.touchstone.selection.benchmark;

import io.touchstone.selection.statistics.Bootstrap;
import io.touchstone.selection.statistics.Interval;
import io.touchstone.selection.statistics.SwapTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two systems on the same tasks.
 *
 * @param shared tasks, or prompts where rows count together, that both have
 * @param onlyOurs tasks that the other has not
 * @param onlyTheirs tasks that this one has not
 * @param differences ours minus theirs, on the shared tasks: {@code overall}, then the groups
 */
public record Comparison(
    int shared, int onlyOurs, int onlyTheirs, Map<String, Difference> differences) {

  public Comparison {
    differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
  }

  /**
   * @param interval of the difference, from resampling the tasks for both systems alike (paired
   *     bootstrap; Koehn, EMNLP 2004)
   * @param p how often chance alone would part the two as far, by {@link SwapTest}
   */
  public record Difference(double ours, double theirs, Interval interval, double p) {

    private static final double SIGNIFICANT = 0.05;

    public double value() {
      return ours - theirs;
    }

    public boolean isReal() {
      return p < SIGNIFICANT;
    }
  }

  /**
   * @param seed of the resampling and the swapping
   * @throws IllegalArgumentException if no task is in both
   */
  public static Comparison of(
      Benchmark benchmark, List<Trial> ours, List<Trial> theirs, long seed) {
    Map<String, Unit> their = new HashMap<>();
    benchmark.units(theirs).forEach(unit -> their.put(key(unit), unit));
    List<Unit> mine = new ArrayList<>();
    List<Unit> others = new ArrayList<>();
    int onlyOurs = 0;
    for (Unit unit : benchmark.units(ours)) {
      Unit other = their.remove(key(unit));
      if (other == null) {
        onlyOurs++;
      } else {
        mine.add(unit);
        others.add(other);
      }
    }
    if (mine.isEmpty()) {
      throw new IllegalArgumentException("expected tasks that both results have, found none");
    }
    return new Comparison(
        mine.size(), onlyOurs, their.size(), differences(benchmark, mine, others, seed));
  }

  private static Map<String, Difference> differences(
      Benchmark benchmark, List<Unit> mine, List<Unit> others, long seed) {
    Sample a = Sample.of(mine);
    Sample b = Sample.of(others);
    Figures figures = benchmark.figures(a.strata());
    Map<String, Double> ours = figures.totals();
    Map<String, Double> tasks = figures.equalTasksByName();
    Map<String, Double> theirs = benchmark.figures(b.strata()).totals();
    List<Interval> intervals =
        Bootstrap.intervals(
            a.sizes(),
            places ->
                minus(
                    benchmark.figures(a.drawn(places)).totals(),
                    benchmark.figures(b.drawn(places)).totals()),
            seed);
    double[] p =
        SwapTest.pValues(
            mine.size(),
            swapped ->
                minus(
                    benchmark.figures(Sample.of(mixed(mine, others, swapped)).strata()).totals(),
                    benchmark.figures(Sample.of(mixed(others, mine, swapped)).strata()).totals()),
            seed);
    Map<String, Difference> differences = new LinkedHashMap<>();
    ours.forEach(
        (name, value) -> {
          int place = differences.size();
          double other = theirs.getOrDefault(name, Double.NaN);
          Interval interval =
              intervals.get(place).orIfAlike(value - other, tasks.getOrDefault(name, 1.0), -1, 1);
          differences.put(name, new Difference(value, other, interval, p[place]));
        });
    return differences;
  }

  private static List<Unit> mixed(List<Unit> kept, List<Unit> taken, boolean[] swapped) {
    List<Unit> mixed = new ArrayList<>(kept.size());
    for (int i = 0; i < swapped.length; i++) {
      mixed.add(swapped[i] ? taken.get(i) : kept.get(i));
    }
    return mixed;
  }

  private static double[] minus(Map<String, Double> ours, Map<String, Double> theirs) {
    return ours.entrySet().stream()
        .mapToDouble(one -> one.getValue() - theirs.getOrDefault(one.getKey(), Double.NaN))
        .toArray();
  }

  private static String key(Unit unit) {
    return unit.stratum() + "\n" + unit.key();
  }
}
