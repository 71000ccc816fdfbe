package io.touchstone.engine.device;

import java.io.Serializable;

/** Which device a replica runs on. */
public sealed interface DeviceRule extends Serializable {

  /** The first CUDA device that the asking process sees; without one the machine's processors. */
  record Best() implements DeviceRule {}

  /** The machine's processors. */
  record Cpu() implements DeviceRule {}

  /**
   * A CUDA device.
   *
   * @param index as CUDA counts the devices that a process sees
   */
  record Cuda(int index) implements DeviceRule {}

  /** The GPU that the scheduler gives to a task; its address is taken for a CUDA index. */
  record Given() implements DeviceRule {}
}
