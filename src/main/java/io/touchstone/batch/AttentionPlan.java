package io.touchstone.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Which tokens of a load look at which, as flat numbers for the model's program: for each block of
 * queries its first token, its length, the number of ranges of keys in front of it, and for each of
 * these its first token and length.
 */
public final class AttentionPlan {

  /**
   * A segment's queries are taken this many at a time, so that a mask stays small and a long
   * conversation keeps every thread busy. Borders follow from the segment alone: they change no bit
   * from load to load.
   */
  private static final int QUERY_BLOCK = 512;

  private final PackedLoad load;
  private LongStream.Builder numbers = LongStream.builder();

  AttentionPlan(PackedLoad load) {
    this.load = load;
  }

  /** The blocks of queries of a load, in order; together they hold every token once. */
  static List<Rows> blocks(PackedLoad load) {
    List<Rows> blocks = new ArrayList<>();
    for (int s = 0; s < load.segments(); s++) {
      int end = load.starts()[s + 1];
      for (int first = load.starts()[s]; first < end; first += QUERY_BLOCK) {
        blocks.add(new Rows(first, Math.min(first + QUERY_BLOCK, end)));
      }
    }
    return blocks;
  }

  /**
   * The plan of some read-outs, each a block of the tokens of its segment up to itself, of which
   * the last one asks.
   */
  public static long[] readOuts(PackedLoad load, Rows readOuts) {
    AttentionPlan plan = new AttentionPlan(load);
    for (int r = readOuts.first(); r < Math.min(readOuts.end(), load.readOuts().length); r++) {
      int token = load.readOuts()[r];
      plan.addBlock(new Rows(load.starts()[load.segmentOf(token)], token + 1));
    }
    return plan.take();
  }

  /** Adds tokens that lie in one segment. */
  void addBlock(Rows block) {
    List<Rows> before = before(block.first());
    numbers.add(block.first()).add(block.end() - block.first()).add(before.size());
    for (Rows range : before) {
      numbers.add(range.first()).add(range.end() - range.first());
    }
  }

  /** What was added since the last call. */
  long[] take() {
    long[] taken = numbers.build().toArray();
    numbers = LongStream.builder();
    return taken;
  }

  /** A token's path up to it, itself not included, neighbours joined. */
  private List<Rows> before(int token) {
    List<Rows> backwards = new ArrayList<>();
    int end = token;
    for (int s = load.segmentOf(token); s >= 0; s = load.parents()[s]) {
      int first = load.starts()[s];
      int last = backwards.size() - 1;
      if (last >= 0 && end == backwards.get(last).first()) {
        backwards.set(last, new Rows(first, backwards.get(last).end()));
      } else if (end > first) {
        backwards.add(new Rows(first, end));
      }
      end = load.parents()[s] < 0 ? 0 : load.starts()[load.parents()[s] + 1];
    }
    Collections.reverse(backwards);
    return backwards;
  }
}
