package io.touchstone.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A run of a load's tokens that goes through a layer as one task.
 *
 * @param first token of the load
 * @param end one past its last token
 * @param plan of its attention, as {@link AttentionPlan} lays it out; owned by the micro-batch
 */
public record MicroBatch(int first, int end, long[] plan) {

  public int tokens() {
    return end - first;
  }

  /** Keys that each of its queries is held against, summed over the queries. */
  long pairs() {
    long pairs = 0;
    int at = 0;
    while (at < plan.length) {
      long queries = plan[at + 1];
      int ranges = Math.toIntExact(plan[at + 2]);
      long keys = queries;
      for (int range = 0; range < ranges; range++) {
        keys += plan[at + 4 + 2 * range];
      }
      pairs += queries * keys;
      at += 3 + 2 * ranges;
    }
    return pairs;
  }

  /**
   * The same micro-batches, those with the most attention first: the end of a long conversation
   * takes several times as long as its beginning, and begun last it would keep one thread busy
   * while the others have nothing left.
   */
  public static List<MicroBatch> costliestFirst(List<MicroBatch> batches) {
    return batches.stream().sorted(Comparator.comparingLong(MicroBatch::pairs).reversed()).toList();
  }

  /**
   * Cuts a load into {@code parts} micro-batches of about equal size, between blocks of queries;
   * into fewer where blocks are too long for that. Both ends may be half a block from where they
   * should be, and a rest too small to stand alone joins the last one.
   *
   * @param least tokens that a micro-batch must have unless the whole load has fewer
   */
  public static List<MicroBatch> cut(PackedLoad load, int parts, int least) {
    List<MicroBatch> batches = new ArrayList<>();
    AttentionPlan plan = new AttentionPlan(load);
    int first = 0;
    int end = 0;
    for (Rows block : AttentionPlan.blocks(load)) {
      long border = (long) load.tokens() * (batches.size() + 1) / parts;
      if (block.end() - border > border - end
          && end - first >= least
          && load.tokens() - end >= least) {
        batches.add(new MicroBatch(first, end, plan.take()));
        first = end;
      }
      plan.addBlock(block);
      end = block.end();
    }
    batches.add(new MicroBatch(first, end, plan.take()));
    return batches;
  }
}
