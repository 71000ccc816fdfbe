package io.touchstone.selection.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Subsets in sections, each section the mean of its subsets by their weights.
 *
 * @param weights by subset, by section, in the order in which they are shown
 */
record Sections(Map<String, Map<String, Integer>> weights) {

  /** All subsets, in their order. */
  List<String> subsets() {
    return weights.values().stream().flatMap(subsets -> subsets.keySet().stream()).toList();
  }

  List<String> names() {
    return List.copyOf(weights.keySet());
  }

  /**
   * A group for each section that there are units of, with its subsets as parts.
   *
   * @param units of a subset
   */
  Map<String, Figures.Group> groups(Function<String, List<Unit>> units) {
    Map<String, Figures.Group> groups = new LinkedHashMap<>();
    weights.forEach(
        (section, subsets) -> {
          Map<String, Figures.Part> parts = new LinkedHashMap<>();
          double earned = 0;
          int weight = 0;
          int rows = 0;
          double uncertainty = 0;
          for (Map.Entry<String, Integer> subset : subsets.entrySet()) {
            List<Unit> own = units.apply(subset.getKey());
            if (!own.isEmpty()) {
              double value = Unit.mean(own, 0);
              parts.put(subset.getKey(), new Figures.Part(value, own.size()));
              earned += value * subset.getValue();
              weight += subset.getValue();
              rows += own.size();
              uncertainty += Math.pow(subset.getValue(), 2) / own.size();
            }
          }
          if (weight > 0) {
            groups.put(
                section,
                new Figures.Group(earned / weight, rows, Math.pow(weight, 2) / uncertainty, parts));
          }
        });
    return groups;
  }
}
