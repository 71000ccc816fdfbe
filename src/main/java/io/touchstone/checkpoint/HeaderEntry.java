package io.touchstone.checkpoint;

import java.util.List;

/**
 * One tensor as a safetensors header tells it.
 *
 * @param begin in bytes from the end of the header
 * @param end at least {@code begin}
 */
record HeaderEntry(String name, String dtype, List<Long> shape, long begin, long end) {
  HeaderEntry {
    shape = List.copyOf(shape);
  }

  long length() {
    return end - begin;
  }
}
