package io.touchstone.selection.benchmark;

import java.util.Collection;
import java.util.List;

/** Plain means of what units earned. */
final class Mean {
  private Mean() {}

  static double of(List<Unit> units, int value) {
    double sum = 0;
    for (Unit unit : units) {
      sum += unit.values()[value];
    }
    return sum / units.size();
  }

  static double ofGroups(Collection<Figures.Group> groups) {
    double sum = 0;
    for (Figures.Group group : groups) {
      sum += group.value();
    }
    return sum / groups.size();
  }
}
