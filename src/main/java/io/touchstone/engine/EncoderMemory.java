package io.touchstone.engine;

import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.Sight;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.encoder.EncoderForwardPass;
import io.touchstone.engine.program.EncoderShape;
import io.touchstone.scoring.ModelWork;

/**
 * How much memory an encoder takes, and what its arithmetic amounts to, from its shapes.
 *
 * <p>Whatever the load: the weights of two layers, the head's, and for each thread the work space
 * of a batch of rows, the longest row among them. For each token of a load: its hidden state and
 * its place, and where distances are seen the keys and queries of one distance more in each
 * direction.
 */
record EncoderMemory(EncoderConfig config, Processor processor) {
  private static final int BF16_BYTES = 2;

  /** A row of so many tokens and less is counted with each thread, a longer one with the load. */
  private static final int MOST_COUNTED = 4_096;

  /** Queries that see distances, or through a window, together. */
  private static final int QUERIES_AT_ONCE = 128;

  /**
   * @param mostTokens of a row
   */
  MemoryNeed need(int mostTokens) {
    Kernels kernels = processor.kernels();
    EncoderShape shape = new EncoderShape(config, processor);
    long hidden = config.hiddenSize();
    long layer = processor.matrixBytes() * numbers(shape);
    long head = Float.BYTES * (hidden + EncoderForwardPass.ROWS_AT_ONCE * 4L) * hidden;
    boolean byDistance = config.sight() instanceof Sight.Distances;
    long kept = byDistance ? Float.BYTES * 2L * span() * hidden * 2 : 0;
    // What comes of queries, keys and values, what they saw, sums and norms, what comes up.
    long row =
        Float.BYTES
            * (4L * shape.wideHeads()
                + 4 * hidden
                + 2L * config.inner().parts() * shape.wideInner());
    if (processor.precision() != Precision.FP32) {
      row += (Short.BYTES + Float.BYTES) * Math.max(hidden, shape.wideInner());
    }
    if (byDistance) {
      row += (long) Float.BYTES * QUERIES_AT_ONCE * config.heads() * 4;
    }
    // A row has two tokens at least, and its first one's query, what that saw, and its state.
    long firsts = Float.BYTES * (2L * shape.wideHeads() + hidden) / 2;
    long state = Float.BYTES * hidden + 4L * Long.BYTES + 2 * hidden + firsts;
    // Distances reach as far in both directions as the load's longest row is.
    long distances = byDistance ? 4L * Float.BYTES * 2 * shape.wideHeads() : 0;
    long angles = config.sight() instanceof Sight.Turned ? 2L * Float.BYTES * config.headDim() : 0;
    long counted = Math.min(mostTokens, MOST_COUNTED);
    long batch = kernels.mostMicroBatchTokens() + counted;
    long others = Math.max(0, config.layers() - 2) * layer;
    return new MemoryNeed(
        kernels.engineBytes()
            + 2 * layer
            + kernels.arriving((long) shape.wideInner() * config.inner().parts() * hidden)
            + head
            + kept,
        kernels.engineBytesPerThread() + batch * row,
        state + distances + angles,
        mostTokens > MOST_COUNTED ? row : 0,
        kernels.keepsLayers() ? others : 0,
        kernels.usualLoadTokens());
  }

  private long span() {
    return config.sight() instanceof Sight.Distances distances ? distances.span() : 0;
  }

  /** Numbers of a layer's matrices. */
  private long numbers(EncoderShape shape) {
    long hidden = config.hiddenSize();
    long own = config.sight() instanceof Sight.Distances by && !by.shared() ? by.terms() - 1L : 0;
    return hidden
        * ((4 + own) * shape.wideHeads() + (1L + config.inner().parts()) * shape.wideInner());
  }

  /**
   * Each token sees all of its row: twice as many as in a decoder, which counts each pair once and
   * a token with itself, so that once each is too much.
   */
  ModelWork work() {
    double hidden = config.hiddenSize();
    double matrices =
        hidden * (4 * hidden + (1.0 + config.inner().parts()) * config.intermediateSize());
    int terms = config.sight() instanceof Sight.Distances distances ? distances.terms() : 1;
    // A score and what is taken of a value; a product with each distance of a tile is twice as
    // many.
    double pair = config.layers() * 2 * hidden * (2 + 2.0 * (terms - 1));
    return new ModelWork(
        2 * config.layers() * matrices - pair,
        0,
        2 * pair,
        0,
        (long) (BF16_BYTES * config.layers() * matrices));
  }
}
