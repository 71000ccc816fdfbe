package io.touchstone.selection.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A benchmark's table, as fractions.
 *
 * @param count tasks behind the overall figure
 * @param groups by name, in the authors' order
 */
public record Figures(double overall, int count, Map<String, Group> groups) {

  /** The name of the overall figure among {@linkplain #byName() all}. */
  public static final String OVERALL = "overall";

  /**
   * @param parts what the group's figure is made from, where the authors show it
   */
  public record Group(double value, int count, Map<String, Part> parts) {
    public Group {
      parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
  }

  public record Part(double value, int count) {}

  public Figures {
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
  }

  /** Overall by task: each counts the same, whichever group it is in. */
  static Figures byTask(Map<String, Group> groups) {
    double earned = 0;
    int count = 0;
    for (Group group : groups.values()) {
      earned += group.value * group.count;
      count += group.count;
    }
    return new Figures(earned / count, count, groups);
  }

  /** Overall by group: each counts the same, however many tasks it has. */
  static Figures byGroup(Map<String, Group> groups) {
    double sum = 0;
    int count = 0;
    for (Group group : groups.values()) {
      sum += group.value;
      count += group.count;
    }
    return new Figures(sum / groups.size(), count, groups);
  }

  /** {@code overall}, then the groups, then {@code group/part}, each in its order. */
  public Map<String, Double> byName() {
    Map<String, Double> all = new LinkedHashMap<>(totals());
    groups.forEach(
        (name, group) ->
            group.parts.forEach((part, figure) -> all.put(partName(name, part), figure.value)));
    return all;
  }

  /** {@code overall}, then the groups. */
  Map<String, Double> totals() {
    Map<String, Double> totals = new LinkedHashMap<>();
    totals.put(OVERALL, overall);
    groups.forEach((name, group) -> totals.put(name, group.value));
    return totals;
  }

  public static String partName(String group, String part) {
    return group + "/" + part;
  }
}
