package io.touchstone.cli.job;

import io.touchstone.problem.NearestName;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.Collection;

/**
 * The names that a model will give; they are known before it does.
 *
 * @param what they are names of
 */
record ModelNames(String what, Collection<String> names) {

  /** Adds those that are asked for and not among them. */
  void check(String flag, Collection<String> asked, Problems problems) {
    for (String name : asked) {
      if (!names.contains(name)) {
        String near = NearestName.of(name, names).map(each -> " (" + each + "?)").orElse("");
        problems.add(
            Problem.at(flag)
                .expected(what + " (" + String.join(", ", names) + ")")
                .found(name + near));
      }
    }
  }
}
