package io.touchstone.scoring;

import java.io.Serializable;

/** Where on its machine a replica of a model runs. */
public sealed interface ReplicaDevice extends Serializable {

  /** As users write it and logs name it. */
  String word();

  /** On the machine's processors. */
  record Cpu() implements ReplicaDevice {
    @Override
    public String word() {
      return "cpu";
    }
  }

  /**
   * On one CUDA device.
   *
   * @param index as CUDA counts the devices that the process sees
   */
  record Cuda(int index) implements ReplicaDevice {

    public Cuda {
      if (index < 0) {
        throw new IllegalArgumentException(
            "CUDA device: expected an index from 0 on, found " + index);
      }
    }

    @Override
    public String word() {
      return "cuda:" + index;
    }
  }
}
