package io.touchstone.spark;

import java.util.OptionalInt;

/**
 * How a job meets what goes wrong. None of it changes the score of a row that can be scored.
 *
 * @param rowTimeoutSeconds most seconds that a load of the model may take, and a row alone before
 *     it is rejected; empty for any time
 * @param rowDeaths processes that a row may take with it before it is rejected
 * @param waitSeconds for the first executor
 */
public record RunPolicy(
    Beginning beginning,
    RejectionBound maxRejected,
    OptionalInt rowTimeoutSeconds,
    int rowDeaths,
    int waitSeconds) {

  /** What becomes of a folder that holds the work of an earlier run. */
  public enum Beginning {
    /** It is finished, if it was made by the same job. */
    RESUME,
    /** It is thrown away. */
    RESTART
  }

  public RunPolicy {
    if (rowTimeoutSeconds.isPresent() && rowTimeoutSeconds.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "row timeout: expected at least 1 second, found " + rowTimeoutSeconds.getAsInt());
    }
    if (rowDeaths < 1) {
      throw new IllegalArgumentException("row deaths: expected at least 1, found " + rowDeaths);
    }
    if (waitSeconds < 1) {
      throw new IllegalArgumentException(
          "wait for executors: expected at least 1 second, found " + waitSeconds);
    }
  }

  public static RunPolicy defaults() {
    return new RunPolicy(Beginning.RESUME, (rejected, in) -> false, OptionalInt.empty(), 2, 300);
  }
}
