package io.touchstone.selection.statistics;

import java.util.SplittableRandom;

/**
 * Says which of many items an even sample keeps, where it has room for so many (Vitter's algorithm
 * R, ACM Transactions on Mathematical Software 11, 1985). The same seed keeps the same items.
 */
public final class Reservoir {
  private final int room;
  private final SplittableRandom random;
  private long seen;

  public Reservoir(int room, long seed) {
    this.room = room;
    this.random = new SplittableRandom(seed);
  }

  /** The place of the next item, in which another may stand already; -1 if it has none. */
  public int place() {
    seen++;
    if (seen <= room) {
      return (int) seen - 1;
    }
    long place = random.nextLong(seen);
    return place < room ? (int) place : -1;
  }

  /** How many items the sample holds. */
  public int held() {
    return (int) Math.min(seen, room);
  }

  /** Whether nothing was left out. */
  public boolean keepsAll() {
    return seen <= room;
  }
}
