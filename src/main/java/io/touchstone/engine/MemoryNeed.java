package io.touchstone.engine;

import io.touchstone.checkpoint.DecoderConfig;
import io.touchstone.scoring.MemoryPlan;
import java.io.Serializable;

/**
 * How much memory a forward pass takes on a CPU, from the model's shapes.
 *
 * <p>Whatever the load: the weights of two layers, and for each thread the work space of a
 * micro-batch. For each token of a load: its hidden state, its key and value, its row of the
 * embedding on the way in; and as one conversation may be the whole load, its column of the mask,
 * its angles, and its key and value once more in every thread that puts a path together.
 *
 * @param fixed bytes, whatever the load
 * @param perThread bytes more for each thread
 * @param perToken bytes more for each token of a load
 * @param perTokenInThread bytes more for each token and thread
 */
record MemoryNeed(long fixed, long perThread, long perToken, long perTokenInThread)
    implements Serializable {

  /**
   * Enough for widening a layer to cost no more than a hundredth of using it, with few enough
   * tokens that a job shows progress.
   */
  static final int USUAL_LOAD_TOKENS = 16_384;

  /** Fewer tokens than this would mostly wait for weights. */
  private static final int LEAST_LOAD_TOKENS = 1_024;

  private static final long ENGINE = 192L << 20;

  /** What libtorch packs matrices into, and what the allocator keeps. */
  private static final long ENGINE_PER_THREAD = 32L << 20;

  static MemoryNeed of(DecoderConfig config, Precision precision) {
    long hidden = config.hiddenSize();
    long inner = config.intermediateSize();
    long queries = (long) config.heads() * config.headDim();
    long keysValues = 2L * config.kvHeads() * config.headDim();
    long matrices = (queries + keysValues) * hidden + hidden * queries + 3 * inner * hidden;
    // Hidden states, normed ones, queries, what they attended to, keys and values, gate and up.
    long row = Float.BYTES * (2 * hidden + 2 * queries + keysValues + 2 * inner);
    if (precision != Precision.FP32) {
      row += (Short.BYTES + Float.BYTES) * Math.max(queries, inner);
    }
    long readOuts = 2L * Float.BYTES * hidden * DecoderForwardPass.READ_OUTS_AT_ONCE;
    long states = Float.BYTES * (hidden + keysValues);
    long embedded = 2 * hidden;
    long idAndPosition = 2L * (Integer.BYTES + Long.BYTES);
    long maskAndAngles = (long) Float.BYTES * (DecoderForwardPass.MASK_ROWS + config.headDim());
    return new MemoryNeed(
        ENGINE + 2 * Float.BYTES * matrices + readOuts,
        ENGINE_PER_THREAD + DecoderForwardPass.MOST_MICRO_BATCH_TOKENS * row,
        states + embedded + idAndPosition + maskAndAngles,
        Float.BYTES * keysValues);
  }

  /**
   * How a replica on this machine uses its memory.
   *
   * @throws IllegalArgumentException if not even a small load fits, or not the load that is asked
   *     for
   */
  MemoryPlan plan(Resources resources) {
    int threads = resources.threadsHere();
    long budget = resources.memoryHere();
    long always = fixed + threads * perThread;
    long each = perToken + threads * perTokenInThread;
    long least = always + each * LEAST_LOAD_TOKENS;
    if (budget < least) {
      throw new IllegalArgumentException(
          "memory: expected at least "
              + least
              + " bytes for two layers of this model and "
              + LEAST_LOAD_TOKENS
              + " tokens, found "
              + budget);
    }
    int most = (int) Math.min(Integer.MAX_VALUE, (budget - always) / each);
    int asked = resources.loadTokens();
    if (asked > most) {
      throw new IllegalArgumentException(
          "load tokens: expected at most "
              + most
              + ", which fit "
              + budget
              + " bytes of memory, found "
              + asked);
    }
    int load = asked > 0 ? asked : Math.min(USUAL_LOAD_TOKENS, most);
    return new MemoryPlan(budget, always, each, load);
  }
}
