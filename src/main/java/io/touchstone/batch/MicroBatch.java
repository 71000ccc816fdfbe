package io.touchstone.batch;

import java.util.ArrayList;
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

  /**
   * Cuts a load into micro-batches of about {@code tokens} tokens, between blocks of queries.
   *
   * @param least tokens that a micro-batch must have unless the whole load has fewer: a smaller
   *     rest joins the micro-batch before it
   */
  public static List<MicroBatch> cut(PackedLoad load, int tokens, int least) {
    List<MicroBatch> batches = new ArrayList<>();
    AttentionPlan plan = new AttentionPlan(load);
    int first = 0;
    int end = 0;
    for (Rows block : AttentionPlan.blocks(load)) {
      if (block.end() - first > tokens && end - first >= least && load.tokens() - end >= least) {
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
