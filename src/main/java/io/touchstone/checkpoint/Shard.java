package io.touchstone.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One safetensors file whose header fits its bytes.
 *
 * @param dataOffset where the tensors begin, in bytes from the start of the file
 * @param entries by tensor name, in the order of their bytes
 */
record Shard(Path file, long dataOffset, Map<String, HeaderEntry> entries) {
  String name() {
    return String.valueOf(file.getFileName());
  }

  Tensor tensor(HeaderEntry entry) {
    return new Tensor(
        entry.name(),
        DType.valueOf(entry.dtype()),
        List.copyOf(entry.shape()),
        file,
        dataOffset + entry.begin(),
        entry.length());
  }
}
