package io.touchstone.spark;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line feeds eight bytes at a time. */
final class NewlineScan {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long NEWLINES = '\n' * ONES;

  private NewlineScan() {}

  /** The first line feed from {@code from} on, or {@code to} if there is none before it. */
  static int next(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long zeros = (long) LONGS.get(bytes, at) ^ NEWLINES;
      // The lowest high bit that is set marks the first byte that was a line feed.
      long found = (zeros - ONES) & ~zeros & HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  static int count(byte[] bytes, int from, int to) {
    int count = 0;
    for (int at = next(bytes, from, to); at < to; at = next(bytes, at + 1, to)) {
      count++;
    }
    return count;
  }
}
