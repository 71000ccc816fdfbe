package io.touchstone.selection.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Units by stratum.
 *
 * @param strata in the order in which they first appeared
 */
record Sample(Map<String, List<Unit>> strata) {

  static Sample of(List<Unit> units) {
    Map<String, List<Unit>> strata = new LinkedHashMap<>();
    units.forEach(
        unit -> strata.computeIfAbsent(unit.stratum(), name -> new ArrayList<>()).add(unit));
    return new Sample(strata);
  }

  int[] sizes() {
    return strata.values().stream().mapToInt(List::size).toArray();
  }

  /**
   * @param places of the units to take, by stratum
   */
  Map<String, List<Unit>> drawn(int[][] places) {
    Map<String, List<Unit>> drawn = new LinkedHashMap<>();
    for (Map.Entry<String, List<Unit>> stratum : strata.entrySet()) {
      int[] wanted = places[drawn.size()];
      List<Unit> units = new ArrayList<>(wanted.length);
      for (int place : wanted) {
        units.add(stratum.getValue().get(place));
      }
      drawn.put(stratum.getKey(), units);
    }
    return drawn;
  }
}
