package io.touchstone.checkpoint.safetensors;

import io.touchstone.problem.Problem;
import java.nio.file.Path;
import java.util.Map;

/**
 * One safetensors file whose header fits its bytes.
 *
 * @param dataOffset where the tensors begin, in bytes from the start of the file
 * @param entries by tensor name, in the order of their bytes
 */
public record Shard(Path file, long dataOffset, Map<String, HeaderEntry> entries) {
  public String name() {
    return String.valueOf(file.getFileName());
  }

  /** Where a problem with one of its tensors is. */
  public Problem at(String tensor) {
    return Problem.in(Problem.shown(name())).field("tensor " + Problem.shown(tensor));
  }

  /**
   * @param name as transformers calls it
   */
  public Tensor tensor(HeaderEntry entry, String name) {
    return new Tensor(
        name,
        DType.valueOf(entry.dtype()),
        entry.shape(),
        file,
        dataOffset + entry.begin(),
        entry.length());
  }
}
