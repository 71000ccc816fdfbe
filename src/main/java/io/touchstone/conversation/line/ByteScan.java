package io.touchstone.conversation.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks through bytes eight at a time. */
public final class ByteScan {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private ByteScan() {}

  /** The first such byte from {@code from} on, or {@code to} if there is none before it. */
  public static int next(char ascii, byte[] bytes, int from, int to) {
    long wanted = ascii * ONES;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long zeros = (long) LONGS.get(bytes, at) ^ wanted;
      // The lowest high bit that is set marks the first byte that was the wanted one.
      long found = (zeros - ONES) & ~zeros & HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && bytes[at] != ascii) {
      at++;
    }
    return at;
  }

  /** How many such bytes there are. */
  public static int count(char ascii, byte[] bytes, int from, int to) {
    int count = 0;
    for (int at = next(ascii, bytes, from, to); at < to; at = next(ascii, bytes, at + 1, to)) {
      count++;
    }
    return count;
  }

  static boolean isAscii(byte[] bytes) {
    int at = 0;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      if (((long) LONGS.get(bytes, at) & HIGHS) != 0) {
        return false;
      }
    }
    while (at < bytes.length && bytes[at] >= 0) {
      at++;
    }
    return at == bytes.length;
  }
}
