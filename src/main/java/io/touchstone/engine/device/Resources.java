package io.touchstone.engine.device;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import io.touchstone.problem.Problem;
import java.io.Serializable;
import java.lang.management.ManagementFactory;

/**
 * What one replica may use of its machine; 0 leaves a choice to the machine.
 *
 * @param threads of the forward pass; 0 for one per core
 * @param memory bytes that the forward pass may take, of a GPU's memory or beside the Java heap and
 *     the mapped files; 0 for nine tenths of a GPU's, or three quarters of what the machine has
 *     beside the largest heap, which is taken for three quarters of all at most
 * @param loadTokens about how many tokens go through a layer together; 0 for {@value
 *     MemoryNeed#USUAL_LOAD_TOKENS}, or fewer where memory is short
 */
public record Resources(int threads, long memory, int loadTokens) implements Serializable {

  public static final Resources OF_THE_MACHINE = new Resources(0, 0, 0);

  public Resources {
    if (threads < 0 || memory < 0 || loadTokens < 0) {
      throw new IllegalArgumentException(
          Problem.at("resources")
              .expected("no negative number")
              .found(threads + " threads, " + memory + " bytes, " + loadTokens + " tokens"));
    }
  }

  /**
   * With the choices that are left to this machine made.
   *
   * @throws io.touchstone.scoring.ScorerException if the device's memory cannot be told
   */
  public Resources on(Device device) {
    // A GPU does one thing after another, and one thread can tell it what.
    int all = device.isGpu() ? 1 : Runtime.getRuntime().availableProcessors();
    return new Resources(
        threads > 0 && !device.isGpu() ? threads : all,
        memory > 0 ? memory : memoryOf(device),
        loadTokens);
  }

  private static long memoryOf(Device device) {
    if (device.isGpu()) {
      return Libtorch.memory(device) / 10 * 9;
    }
    // The machine's, or that of the container to which this process is confined.
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long all = machine.getTotalMemorySize();
    long besideTheHeap = Math.max(all - Runtime.getRuntime().maxMemory(), all / 4);
    return besideTheHeap / 4 * 3;
  }
}
