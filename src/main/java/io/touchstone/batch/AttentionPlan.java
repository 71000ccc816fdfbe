package io.touchstone.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which tokens of a micro-batch look at which, as flat numbers for the model's program; tokens are
 * counted from the micro-batch's first.
 */
public final class AttentionPlan {

  /**
   * Queries of a segment that continues another are taken this many at a time, so that a mask stays
   * small. Borders follow from the segment alone, so they change no bit from load to load.
   */
  private static final int QUERY_BLOCK = 512;

  private AttentionPlan() {}

  /**
   * For each block of queries: its first token, its length, the number of ranges of keys in front
   * of it, and for each of these its first token and length.
   */
  public static long[] blocks(PackedLoad load, MicroBatch batch) {
    LongList plan = new LongList();
    for (int s = batch.firstSegment(); s < batch.endSegment(); s++) {
      int start = load.starts()[s] - batch.firstToken();
      int length = load.length(s);
      // A root needs no mask at all, whatever its length.
      int step = load.parents()[s] < 0 ? length : QUERY_BLOCK;
      for (int done = 0; done < length; done += step) {
        plan.add(start + done, Math.min(step, length - done));
        addRanges(before(load, batch, s, done), plan);
      }
    }
    return plan.toArray();
  }

  /**
   * For each read-out that lies in the micro-batch: its number, the first token of its segment, the
   * number of that segment's tokens up to the read-out, and the ranges before it as in {@link
   * #blocks}.
   */
  public static long[] readOuts(PackedLoad load, MicroBatch batch) {
    LongList plan = new LongList();
    for (int r = 0; r < load.readOuts().length; r++) {
      int token = load.readOuts()[r];
      if (token >= batch.firstToken() && token < batch.endToken()) {
        int s = load.segmentOf(token);
        plan.add(r, load.starts()[s] - batch.firstToken(), token + 1 - load.starts()[s]);
        addRanges(before(load, batch, s, 0), plan);
      }
    }
    return plan.toArray();
  }

  /** Longest block of queries that needs a mask. */
  public static int longestMasked(PackedLoad load) {
    int longest = 0;
    for (int s = 0; s < load.segments(); s++) {
      if (load.parents()[s] >= 0) {
        longest = Math.max(longest, Math.min(QUERY_BLOCK, load.length(s)));
      }
    }
    return longest;
  }

  private record Range(int start, int length) {}

  /** The path's tokens ahead of a segment's token {@code own}, neighbours joined. */
  private static List<Range> before(PackedLoad load, MicroBatch batch, int segment, int own) {
    List<Range> backwards = new ArrayList<>();
    if (own > 0) {
      backwards.add(new Range(load.starts()[segment] - batch.firstToken(), own));
    }
    for (int s = load.parents()[segment]; s >= 0; s = load.parents()[s]) {
      Range range = new Range(load.starts()[s] - batch.firstToken(), load.length(s));
      int last = backwards.size() - 1;
      if (last >= 0 && range.start() + range.length() == backwards.get(last).start()) {
        backwards.set(
            last, new Range(range.start(), range.length() + backwards.get(last).length()));
      } else {
        backwards.add(range);
      }
    }
    Collections.reverse(backwards);
    return backwards;
  }

  private static void addRanges(List<Range> ranges, LongList plan) {
    plan.add(ranges.size());
    for (Range range : ranges) {
      plan.add(range.start(), range.length());
    }
  }

  private static final class LongList {
    private long[] values = new long[64];
    private int size;

    void add(long... more) {
      if (size + more.length > values.length) {
        values = java.util.Arrays.copyOf(values, Math.max(values.length * 2, size + more.length));
      }
      System.arraycopy(more, 0, values, size, more.length);
      size += more.length;
    }

    long[] toArray() {
      return java.util.Arrays.copyOf(values, size);
    }
  }
}
