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
 * <p>Beside its tasks each figure has the number of tasks of equal weight that would leave it as
 * uncertain (Kish, Survey Sampling, 1965): all of them where they have, fewer where not.
 *
 * @param count tasks behind the overall figure
 * @param equalTasks that number for the overall figure
 * @param groups by name, in the authors' order
 * @param beside names of groups that are shown, but are no part of the overall figure
 */
public record Figures(
    double overall, int count, double equalTasks, Map<String, Group> groups, Set<String> beside) {

  /** The name of the overall figure among {@linkplain #byName() all}. */
  public static final String OVERALL = "overall";

  /**
   * @param parts what the group's figure is made from, where the authors show it
   */
  public record Group(double value, int count, double equalTasks, Map<String, Part> parts) {
    public Group {
      parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** Of tasks that weigh the same. */
    Group(double value, int count, Map<String, Part> parts) {
      this(value, count, count, parts);
    }

    Part asPart() {
      return new Part(value, count, equalTasks);
    }
  }

  /** A figure that a group's is made from. */
  public record Part(double value, int count, double equalTasks) {

    /** Of tasks that weigh the same. */
    Part(double value, int count) {
      this(value, count, count);
    }
  }

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
    return new Figures(earned / count, count, count, groups, Set.of());
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
    double uncertainty = 0;
    for (Map.Entry<String, Group> group : groups.entrySet()) {
      if (!beside.contains(group.getKey())) {
        sum += group.getValue().value;
        count += group.getValue().count;
        uncertainty += 1 / group.getValue().equalTasks;
      }
    }
    double counted = groups.size() - beside.size();
    return new Figures(sum / counted, count, counted * counted / uncertainty, groups, beside);
  }

  /** {@code overall}, then the groups, then {@code group/part}, each in its order. */
  public Map<String, Double> byName() {
    Map<String, Double> all = new LinkedHashMap<>(totals());
    groups.forEach(
        (name, group) ->
            group.parts.forEach((part, figure) -> all.put(partName(name, part), figure.value)));
    return all;
  }

  /** The tasks of equal weight behind each figure, by the names of {@link #byName()}. */
  Map<String, Double> equalTasksByName() {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put(OVERALL, equalTasks);
    groups.forEach((name, group) -> all.put(name, group.equalTasks));
    groups.forEach(
        (name, group) ->
            group.parts.forEach(
                (part, figure) -> all.put(partName(name, part), figure.equalTasks)));
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
