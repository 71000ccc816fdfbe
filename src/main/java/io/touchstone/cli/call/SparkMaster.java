package io.touchstone.cli.call;

import io.touchstone.problem.Problem;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where Spark is to run, as its users write it. The launchers tell the same forms apart. */
final class SparkMaster {
  private static final Pattern FORMS =
      Pattern.compile(
          "local(\\[(\\d+|\\*)(,\\d+)?])?|local-cluster\\[.+]|spark://[^/@\\s]+:\\d+|yarn|k8s://\\S+");

  private SparkMaster() {}

  /** What is wrong with one that Spark would not take; it may hold a secret and is not told. */
  static Optional<String> problem(String name, String master) {
    return FORMS.matcher(master).matches()
        ? Optional.empty()
        : Optional.of(
            Problem.at(name)
                .expected("local[N], local[*], spark://HOST:PORT, yarn or k8s://URL")
                .found("something else"));
  }
}
