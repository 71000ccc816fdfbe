package io.touchstone.spark.replica;

import io.touchstone.scoring.GivenGpu;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** What Spark gave to the task that asks. */
final class TaskGpu {
  private static final String RESOURCE = "gpu";

  private TaskGpu() {}

  /** Empty outside of a task, and where no GPU was asked for. */
  static Optional<GivenGpu> given() {
    TaskContext task = TaskContext.get();
    ResourceInformation gpu = task == null ? null : task.resourcesJMap().get(RESOURCE);
    return gpu == null || gpu.addresses().length == 0
        ? Optional.empty()
        : Optional.of(new GivenGpu(gpu.addresses()[0]));
  }
}
