package io.touchstone.spark.replica;

import io.touchstone.scoring.GivenGpu;
import java.util.Optional;
import org.apache.spark.TaskContext;

/** What Spark gave to the task that asks. */
final class TaskGpu {
  private static final String RESOURCE = "gpu";

  private TaskGpu() {}

  /** Empty outside of a task, and where no GPU was asked for. */
  static Optional<GivenGpu> given() {
    return Optional.ofNullable(TaskContext.get())
        .map(task -> task.resourcesJMap().get(RESOURCE))
        .filter(gpu -> gpu.addresses().length > 0)
        .map(gpu -> new GivenGpu(gpu.addresses()[0]));
  }
}
