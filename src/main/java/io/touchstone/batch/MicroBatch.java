package io.touchstone.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of whole trees of a load: the tokens that go through a layer in one call.
 *
 * @param firstSegment the first of its segments, a root
 * @param endSegment one past its last segment
 * @param firstToken index in the load
 * @param endToken one past its last token
 */
public record MicroBatch(int firstSegment, int endSegment, int firstToken, int endToken) {

  public int tokens() {
    return endToken - firstToken;
  }

  /**
   * Cuts a load into micro-batches of about {@code tokens} tokens; a tree that is larger is one by
   * itself.
   *
   * @param least tokens that a micro-batch must have unless the whole load has fewer: a smaller
   *     rest joins the micro-batch before it
   */
  public static List<MicroBatch> cut(PackedLoad load, int tokens, int least) {
    List<MicroBatch> batches = new ArrayList<>();
    int firstSegment = 0;
    int segments = load.segments();
    for (int s = 1; s <= segments; s++) {
      if (s < segments && load.parents()[s] >= 0) {
        continue;
      }
      int treeEnd = s;
      int nextEnd = endOfTree(load, s);
      int size = load.starts()[treeEnd] - load.starts()[firstSegment];
      int withNext = load.starts()[nextEnd] - load.starts()[firstSegment];
      int rest = load.tokens() - load.starts()[treeEnd];
      if (treeEnd == segments || (withNext > tokens && size >= least && rest >= least)) {
        batches.add(
            new MicroBatch(
                firstSegment, treeEnd, load.starts()[firstSegment], load.starts()[treeEnd]));
        firstSegment = treeEnd;
      }
    }
    return batches;
  }

  /** Some rows of a matrix, from {@code first} up to {@code end}. */
  public record Rows(int first, int end) {}

  /** Cuts {@code count} rows into parts of about equal size, none larger than {@code most}. */
  public static List<Rows> rows(int count, int most) {
    int parts = (count + most - 1) / most;
    List<Rows> rows = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      rows.add(new Rows((int) ((long) count * p / parts), (int) ((long) count * (p + 1) / parts)));
    }
    return rows;
  }

  private static int endOfTree(PackedLoad load, int root) {
    int s = Math.min(root + 1, load.segments());
    while (s < load.segments() && load.parents()[s] >= 0) {
      s++;
    }
    return s;
  }
}
