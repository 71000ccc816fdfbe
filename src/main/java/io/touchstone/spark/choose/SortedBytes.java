package io.touchstone.spark.choose;

import io.touchstone.selection.ConversationDigest;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Entries that Spark sorts, as bytes whose unsigned order is the one that is wanted: a tenth of
 * what objects would take, and cheap to write and compare.
 */
final class SortedBytes {

  private static final int LINE = 28;

  private SortedBytes() {}

  /** Byte by byte, unsigned. */
  static final class Order implements Comparator<byte[]>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(byte[] left, byte[] right) {
      return Arrays.compareUnsigned(left, right);
    }
  }

  /** The best score first, then the first row. */
  static byte[] scored(double score, long position) {
    return ByteBuffer.allocate(16).putLong(descending(score)).putLong(position).array();
  }

  static double score(byte[] scored) {
    return ascending(ByteBuffer.wrap(scored).getLong(0));
  }

  static long position(byte[] scored) {
    return ByteBuffer.wrap(scored).getLong(8);
  }

  /** Equal conversations beside each other, the first row first. */
  static byte[] digested(ConversationDigest digest, long position, double score) {
    return ByteBuffer.allocate(32)
        .putLong(digest.high())
        .putLong(digest.low())
        .putLong(position)
        .putDouble(score)
        .array();
  }

  /**
   * Rows of equal prompts beside each other, in the order of the input.
   *
   * @param format the place of the line's own among those of the job
   */
  static byte[] joinable(ConversationDigest digest, long position, int format, byte[] line) {
    return ByteBuffer.allocate(LINE + line.length)
        .putLong(digest.high())
        .putLong(digest.low())
        .putLong(position)
        .putInt(format)
        .put(line)
        .array();
  }

  static int format(byte[] joinable) {
    return ByteBuffer.wrap(joinable).getInt(24);
  }

  static byte[] line(byte[] joinable) {
    return Arrays.copyOfRange(joinable, LINE, joinable.length);
  }

  static boolean sameDigest(byte[] digested, byte[] other) {
    return Arrays.equals(digested, 0, 16, other, 0, 16);
  }

  static long digestedPosition(byte[] digested) {
    return ByteBuffer.wrap(digested).getLong(16);
  }

  static double digestedScore(byte[] digested) {
    return ByteBuffer.wrap(digested).getDouble(24);
  }

  /** Unsigned order of the result is descending order of the scores; -0.0 is 0.0. */
  private static long descending(double score) {
    long bits = Double.doubleToLongBits(score + 0.0);
    return ~(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
  }

  private static double ascending(long key) {
    long bits = ~key;
    return Double.longBitsToDouble(bits < 0 ? bits ^ Long.MIN_VALUE : ~bits);
  }
}
