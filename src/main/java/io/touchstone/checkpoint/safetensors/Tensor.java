package io.touchstone.checkpoint.safetensors;

import io.touchstone.problem.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * One weight as a range of a file, row-major and little-endian.
 *
 * @param offset in bytes from the start of the file; lies within the file, but need not be aligned
 * @param length in bytes; always the product of the shape times the bytes of the type
 */
public record Tensor(
    String name, DType dtype, List<Long> shape, Path file, long offset, long length) {

  /** The same bytes under another name. */
  public Tensor named(String other) {
    return new Tensor(other, dtype, shape, file, offset, length);
  }

  /** Where a problem with it is. */
  public Problem at() {
    return Problem.in(Problem.shown(String.valueOf(file.getFileName())))
        .field("tensor " + Problem.shown(name));
  }

  public Tensor {
    shape = List.copyOf(shape);
    long expected = dtype.bytes();
    for (long dimension : shape) {
      expected = Math.multiplyExact(expected, dimension);
    }
    if (offset < 0 || length != expected) {
      throw new IllegalArgumentException(
          "tensor %s: expected %d bytes at an offset from 0, found %d at %d"
              .formatted(name, expected, length, offset));
    }
  }
}
