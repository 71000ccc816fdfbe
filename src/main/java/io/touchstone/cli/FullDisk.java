package io.touchstone.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;

/**
 * What is told of a disk that is full besides its failure. Results name the file that found it so;
 * what Spark and libraries write for themselves does not.
 */
final class FullDisk {
  private static final String FULL = "No space left on device";
  private static final String NAMED = "] cannot be written: " + FULL;

  private FullDisk() {}

  static Optional<String> told(Throwable failure) {
    String chain =
        String.join(
            "\n",
            ExceptionUtils.getThrowableList(failure).stream().map(Throwable::toString).toList());
    if (!chain.contains(FULL) || chain.contains(NAMED)) {
      return Optional.empty();
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return Optional.of(
        "temporary files lie in "
            + temporary
            + ", unless spark.local.dir or SPARK_LOCAL_DIRS name another folder for Spark's; TMPDIR"
            + " takes another for all");
  }
}
