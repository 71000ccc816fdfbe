package io.touchstone.jobs.annotate;

import io.touchstone.jobs.RejectionBound;

/**
 * How a job meets what goes wrong. None of it changes the score of a row that can be scored.
 *
 * @param waitSeconds on a cluster, for the first task to be given an executor
 * @param rowSeconds that a row may take before its process is given up; 0 for any time
 */
public record RunPolicy(
    Beginning beginning, RejectionBound maxRejected, int waitSeconds, int rowSeconds) {

  /** What becomes of a folder that holds the work of an earlier run. */
  public enum Beginning {
    /** It is finished, if it was made by the same job. */
    RESUME,
    /** It is thrown away. */
    RESTART
  }

  public RunPolicy {
    if (waitSeconds < 1) {
      throw new IllegalArgumentException(
          "wait for executors: expected at least 1 second, found " + waitSeconds);
    }
    if (rowSeconds < 0) {
      throw new IllegalArgumentException(
          "row timeout: expected seconds, or 0 for none, found " + rowSeconds);
    }
  }

  public static RunPolicy defaults() {
    return new RunPolicy(Beginning.RESUME, (rejected, in) -> false, 300, 0);
  }
}
