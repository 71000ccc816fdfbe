package io.touchstone.cli.call;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a call, gathered so that a user sees all of it at once. */
public final class Problems {
  private final Set<String> found = new LinkedHashSet<>();

  public void add(String problem) {
    found.add(problem);
  }

  public void addAll(List<String> problems) {
    found.addAll(problems);
  }

  public List<String> found() {
    return List.copyOf(found);
  }

  /**
   * @throws CallException if there is any problem
   */
  public void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new CallException(found());
    }
  }
}
