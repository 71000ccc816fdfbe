package io.touchstone.selection.benchmark;

import java.util.List;

/**
 * What is drawn as a whole when a benchmark's tasks are resampled: one trial, or trials that count
 * together only.
 *
 * @param key the same in every system's results on the benchmark
 * @param values what the figures need of it; owned by the unit
 */
record Unit(String stratum, String key, double[] values) {
  static double mean(List<Unit> units, int value) {
    double sum = 0;
    for (Unit unit : units) {
      sum += unit.values[value];
    }
    return sum / units.size();
  }
}
