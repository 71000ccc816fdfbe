package io.touchstone.selection.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A benchmark's table, as fractions.
 *
 * @param count tasks behind the overall figure
 * @param groups by name, in the authors' order
 * @param beside names of groups that are shown, but are no part of the overall figure
 */
public record Figures(double overall, int count, Map<String, Group> groups, Set<String> beside) {

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
    beside = Set.copyOf(beside);
  }

  /** Overall by task: each counts the same, whichever group it is in. */
  static Figures byTask(Map<String, Group> groups) {
    double earned = 0;
    int count = 0;
    for (Group group : groups.values()) {
      earned += group.value * group.count;
      count += group.count;
    }
    return new Figures(earned / count, count, groups, Set.of());
  }

  /** Overall by group: each counts the same, however many tasks it has. */
  static Figures byGroup(Map<String, Group> groups) {
    return byGroup(groups, name -> false);
  }

  /**
   * Overall by group.
   *
   * @param isBeside whether a group is no part of it, unless there are no others
   */
  static Figures byGroup(Map<String, Group> groups, Predicate<String> isBeside) {
    Set<String> beside = new TreeSet<>(groups.keySet());
    beside.removeIf(isBeside.negate());
    if (beside.size() == groups.size()) {
      beside.clear();
    }
    double sum = 0;
    int count = 0;
    for (Map.Entry<String, Group> group : groups.entrySet()) {
      if (!beside.contains(group.getKey())) {
        sum += group.getValue().value;
        count += group.getValue().count;
      }
    }
    return new Figures(sum / (groups.size() - beside.size()), count, groups, beside);
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
