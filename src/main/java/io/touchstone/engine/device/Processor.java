package io.touchstone.engine.device;

import ai.djl.Device;
import io.touchstone.scoring.ReplicaDevice;

/** What computes, and how. */
public record Processor(Device device, Kernels kernels, Precision precision) {

  public static Processor of(ReplicaDevice place, Precision precision) {
    if (place instanceof ReplicaDevice.Cuda cuda) {
      return new Processor(Device.gpu(cuda.index()), Kernels.CUDA, precision);
    }
    return cpu(precision);
  }

  public static Processor cpu(Precision precision) {
    return new Processor(Device.cpu(), Kernels.CPU, precision);
  }

  /** As logs and errors name the device. */
  public String place() {
    return device.isGpu()
        ? new ReplicaDevice.Cuda(device.getDeviceId()).word()
        : new ReplicaDevice.Cpu().word();
  }

  /** Whether products of fp32 numbers are oneDNN's, and not the library's own choice. */
  public boolean floatsByOneDnn() {
    return kernels == Kernels.CPU && HostProcessor.ofThisMachine().floatsByOneDnn();
  }

  public int matrixType() {
    return kernels.matrixType(precision);
  }

  /** Bytes of a number in a layer's matrices. */
  public int matrixBytes() {
    return bytes(matrixType());
  }

  public int tableType() {
    return kernels.tableType(precision);
  }

  /** Bytes of a number among keys and values. */
  public int tableBytes() {
    return bytes(tableType());
  }

  private static int bytes(int type) {
    return type == Precision.FP32.torchType() ? Float.BYTES : Short.BYTES;
  }
}
