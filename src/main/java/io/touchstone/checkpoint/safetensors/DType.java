package io.touchstone.checkpoint.safetensors;

import java.util.Arrays;
import java.util.Optional;

/** The weight formats that are read, named as safetensors names them. */
public enum DType {
  F32(4),
  F16(2),
  BF16(2),

  /** With scales beside them, where a configuration says so. */
  F8_E4M3(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  public static Optional<DType> named(String name) {
    return Arrays.stream(values()).filter(dtype -> dtype.name().equals(name)).findFirst();
  }

  /** One whose numbers are the weights. */
  public static Optional<DType> plain(String name) {
    return named(name).filter(dtype -> dtype != F8_E4M3);
  }

  public int bytes() {
    return bytes;
  }
}
