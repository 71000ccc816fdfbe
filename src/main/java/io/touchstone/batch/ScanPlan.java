package io.touchstone.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * In which order layers that remember a state go through some trees of a load, as flat numbers for
 * the model's program. A conversation is cut into chunks of one length from its first token on,
 * whatever else is in the load; where conversations part within a chunk, each goes through that
 * chunk's tokens by itself.
 *
 * @param numbers for each chunk: the state that it goes on from and the one that it leaves, -1 for
 *     none; the number of tokens before it that are looked at and not stepped through; the number
 *     of its last tokens that are the segment's own; the number of ranges of tokens, and for each
 *     of these its first token and its length. Owned by the plan
 * @param states that are alive together at most
 */
public record ScanPlan(long[] numbers, int states) {
  private static final int NONE = -1;

  /**
   * Plans for a whole load, each of trees that have at least so many tokens together.
   *
   * @param chunk tokens of a chunk
   * @param before tokens that are looked at before a chunk
   */
  public static List<ScanPlan> of(PackedLoad load, int chunk, int before, int leastTokens) {
    List<ScanPlan> plans = new ArrayList<>();
    Walk walk = new Walk(load, chunk, before);
    int start = 0;
    for (int s = 0; s < load.segments(); s++) {
      if (load.parents()[s] < 0 && load.starts()[s] - start >= leastTokens) {
        plans.add(walk.take());
        start = load.starts()[s];
      }
      walk.segment(s);
    }
    plans.add(walk.take());
    return plans;
  }

  private static final class Walk {
    private final PackedLoad load;
    private final int chunk;
    private final int before;
    private final int[] positions;

    /** Of each segment: the state at the last border of chunks up to its end. */
    private final int[] states;

    private LongStream.Builder numbers = LongStream.builder();
    private int mostStates;

    Walk(PackedLoad load, int chunk, int before) {
      this.load = load;
      this.chunk = chunk;
      this.before = before;
      this.positions = load.positions();
      this.states = new int[load.segments()];
    }

    void segment(int s) {
      int parent = load.parents()[s];
      int inherited = parent < 0 ? NONE : states[parent];
      int state = inherited;
      // Ancestors' states are kept for their other children; below them is the segment's own.
      int own = inherited + 1;
      int firstToken = load.starts()[s];
      int first = positions[firstToken];
      int end = first + load.length(s);
      for (int at = first / chunk * chunk; at < end; at += chunk) {
        int last = Math.min(at + chunk, end);
        boolean whole = at + chunk <= end;
        int seen = Math.min(at, before);
        numbers.add(state).add(whole ? own : NONE).add(seen).add(last - Math.max(at, first));
        addRanges(s, firstToken + last - first, last - at + seen);
        if (whole) {
          state = own;
          mostStates = Math.max(mostStates, own + 1);
        }
      }
      states[s] = state;
    }

    /** The path's last tokens up to one of a segment's, itself not included, neighbours joined. */
    private void addRanges(int segment, int end, int count) {
      List<Rows> backwards = new ArrayList<>();
      int to = end;
      int left = count;
      for (int s = segment; left > 0; s = load.parents()[s]) {
        int from = Math.max(load.starts()[s], to - left);
        left -= to - from;
        int last = backwards.size() - 1;
        if (last >= 0 && backwards.get(last).first() == to) {
          backwards.set(last, new Rows(from, backwards.get(last).end()));
        } else {
          backwards.add(new Rows(from, to));
        }
        to = load.parents()[s] < 0 ? 0 : load.starts()[load.parents()[s] + 1];
      }
      Collections.reverse(backwards);
      numbers.add(backwards.size());
      for (Rows range : backwards) {
        numbers.add(range.first()).add(range.end() - range.first());
      }
    }

    ScanPlan take() {
      ScanPlan taken = new ScanPlan(numbers.build().toArray(), mostStates);
      numbers = LongStream.builder();
      mostStates = 0;
      return taken;
    }
  }
}
