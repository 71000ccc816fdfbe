package io.touchstone.jobs.choose;

import java.nio.ByteBuffer;

/**
 * What looking at all rows says of one that passed by itself.
 *
 * @param place from the best, 1 up; 0 if rows are not ranked; -1 for a row whose conversation an
 *     earlier one has
 * @param rank of equal scores the same; 0 where there is none
 */
public record Decision(long position, long place, long rank) {

  private static final long DUPLICATE = -1;

  public static Decision duplicate(long position) {
    return new Decision(position, DUPLICATE, 0);
  }

  public static Decision unranked(long position) {
    return new Decision(position, 0, 0);
  }

  boolean isDuplicate() {
    return place == DUPLICATE;
  }

  /** In the order of their positions, unsigned. */
  public byte[] bytes() {
    return ByteBuffer.allocate(24).putLong(position).putLong(place).putLong(rank).array();
  }

  public static Decision of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new Decision(in.getLong(), in.getLong(), in.getLong());
  }
}
