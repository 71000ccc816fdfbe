package io.touchstone.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The weight formats that are read, named as safetensors names them. */
public enum DType {
  F32(4),
  F16(2),
  BF16(2);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  static Optional<DType> named(String name) {
    return Arrays.stream(values()).filter(dtype -> dtype.name().equals(name)).findFirst();
  }

  public int bytes() {
    return bytes;
  }
}
