package io.touchstone.selection.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables whose groups are the strata, each the mean of what its units earned. */
final class Strata {
  private Strata() {}

  static Map<String, Figures.Group> means(Map<String, List<Unit>> strata, List<String> order) {
    Map<String, Figures.Group> groups = new LinkedHashMap<>();
    for (String stratum : order.isEmpty() ? List.copyOf(strata.keySet()) : order) {
      List<Unit> units = strata.getOrDefault(stratum, List.of());
      if (!units.isEmpty()) {
        groups.put(stratum, new Figures.Group(Mean.of(units, 0), units.size(), Map.of()));
      }
    }
    return groups;
  }

  /** Overall by task: each counts the same, whichever group it is in. */
  static Figures byTask(Map<String, Figures.Group> groups) {
    double earned = 0;
    int count = 0;
    for (Figures.Group group : groups.values()) {
      earned += group.value() * group.count();
      count += group.count();
    }
    return new Figures(earned / count, count, groups);
  }

  /** Overall by group: each counts the same, however many tasks it has. */
  static Figures byGroup(Map<String, Figures.Group> groups) {
    int count = groups.values().stream().mapToInt(Figures.Group::count).sum();
    return new Figures(Mean.ofGroups(groups.values()), count, groups);
  }
}
