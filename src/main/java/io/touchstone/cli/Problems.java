package io.touchstone.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a call, gathered so that a user sees all of it at once. */
final class Problems {
  private final Set<String> found = new LinkedHashSet<>();

  void add(String problem) {
    found.add(problem);
  }

  void addAll(List<String> problems) {
    found.addAll(problems);
  }

  List<String> found() {
    return List.copyOf(found);
  }

  /**
   * @throws CallException if there is any problem
   */
  void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new CallException(found());
    }
  }
}
