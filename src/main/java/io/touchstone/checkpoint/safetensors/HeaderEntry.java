package io.touchstone.checkpoint.safetensors;

import java.util.List;

/**
 * One tensor as a safetensors header tells it.
 *
 * @param begin in bytes from the end of the header
 * @param end at least {@code begin}
 */
public record HeaderEntry(String name, String dtype, List<Long> shape, long begin, long end) {
  public HeaderEntry {
    shape = List.copyOf(shape);
  }

  public long length() {
    return end - begin;
  }
}
