package io.touchstone.spark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process has computed so far: all its threads, the collector's and compiler's too. */
final class ProcessorTime {

  private ProcessorTime() {}

  static long nanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
