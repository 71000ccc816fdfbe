package io.touchstone.spark.attempt;

import java.io.IOException;
import org.apache.spark.TaskContext;

/** The end of a task that is no longer wanted; Spark leaves it to the task to look. */
public final class Cancellation {

  private Cancellation() {}

  /**
   * @throws IOException if the task of this thread, should it have one, is cancelled
   */
  public static void check() throws IOException {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new IOException("the task was cancelled");
    }
  }
}
