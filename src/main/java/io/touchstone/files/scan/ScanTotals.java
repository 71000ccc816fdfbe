package io.touchstone.files.scan;

import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What reading some files came to.
 *
 * @param in lines read, blank ones not among them
 * @param rejected lines set aside, by kind
 * @param taken rows that were used, by file
 * @param firstRejected by file
 */
public record ScanTotals(
    long in,
    long blank,
    SortedMap<String, Long> rejected,
    Map<String, Long> taken,
    Map<String, First> firstRejected) {

  /** The first line of a file that was set aside. */
  public record First(long offset, String reason) {}

  public ScanTotals {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    taken = Map.copyOf(taken);
    firstRejected = Map.copyOf(firstRejected);
  }

  public long rejectedLines() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  public long takenRows() {
    return taken.values().stream().mapToLong(Long::longValue).sum();
  }

  /** One for each file of which not one row could be used; such a file has another layout. */
  public List<String> unusableFiles() {
    List<String> problems = new ArrayList<>();
    new TreeMap<>(firstRejected)
        .forEach(
            (file, first) -> {
              if (!taken.containsKey(file)) {
                problems.add(
                    "["
                        + file
                        + "] has no row that can be used; the first, at offset "
                        + first.offset()
                        + ": "
                        + first.reason());
              }
            });
    if (problems.isEmpty() && taken.isEmpty()) {
      problems.add(Problem.at("input").expected("at least one row").found("none"));
    }
    return problems;
  }
}
