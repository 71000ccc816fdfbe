package io.touchstone.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The memory of the machine, or of the container that this process is confined to. */
final class MachineMemory {
  private MachineMemory() {}

  /**
   * Bytes that are left when the Java heap has grown as far as it may; at least a quarter of all.
   */
  static long besideTheHeap() {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long all = machine.getTotalMemorySize();
    return Math.max(all - Runtime.getRuntime().maxMemory(), all / 4);
  }
}
