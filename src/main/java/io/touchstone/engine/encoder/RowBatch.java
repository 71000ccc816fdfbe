package io.touchstone.engine.encoder;

import io.touchstone.batch.PackedLoad;
import io.touchstone.batch.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whole rows of a load that go through a layer as one task.
 *
 * @param segments of the load, one for each row
 * @param tokens of the load, and behind its last row those that fill it up
 * @param lengths tokens of each row
 */
record RowBatch(Rows segments, Rows tokens, long[] lengths) {

  /**
   * Cuts a load into batches of about so many tokens; each has at least {@code least} unless the
   * whole load has fewer.
   *
   * @param filled tokens of the load and those that fill it up
   */
  static List<RowBatch> cut(PackedLoad load, int filled, int usual, int least) {
    List<RowBatch> batches = new ArrayList<>();
    int[] starts = load.starts();
    int first = 0;
    for (int s = 1; s < load.segments(); s++) {
      int tokens = starts[s] - starts[first];
      // Rather too few than too many: a long row behind is a batch of its own.
      boolean full = tokens + load.length(s) > usual;
      if (full && tokens >= least && load.tokens() - starts[s] >= least) {
        batches.add(of(load, new Rows(first, s), starts[s]));
        first = s;
      }
    }
    batches.add(of(load, new Rows(first, load.segments()), filled));
    return batches;
  }

  private static RowBatch of(PackedLoad load, Rows segments, int end) {
    int[] starts = load.starts();
    return new RowBatch(
        segments,
        new Rows(starts[segments.first()], end),
        Arrays.stream(starts, segments.first(), segments.end())
            .mapToLong(start -> load.length(load.segmentOf(start)))
            .toArray());
  }
}
