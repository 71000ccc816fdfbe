package io.touchstone.engine;

import ai.djl.Device;
import io.touchstone.scoring.ReplicaDevice;

/** What computes, and how. */
record Processor(Device device, Kernels kernels, Precision precision) {

  static Processor of(ReplicaDevice place, Precision precision) {
    if (place instanceof ReplicaDevice.Cuda cuda) {
      return new Processor(Device.gpu(cuda.index()), Kernels.CUDA, precision);
    }
    return cpu(precision);
  }

  static Processor cpu(Precision precision) {
    return new Processor(Device.cpu(), Kernels.CPU, precision);
  }

  /** As logs and errors name the device. */
  String place() {
    return device.isGpu()
        ? new ReplicaDevice.Cuda(device.getDeviceId()).word()
        : new ReplicaDevice.Cpu().word();
  }

  int matrixType() {
    return kernels.matrixType(precision);
  }

  /** Bytes of a number in a layer's matrices. */
  int matrixBytes() {
    return matrixType() == Precision.FP32.torchType() ? Float.BYTES : Short.BYTES;
  }
}
