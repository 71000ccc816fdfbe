package io.touchstone.engine;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.scoring.ModelWork;

/** From a decoder's shapes to the operations that it needs. */
final class DecoderWork {
  private static final int BF16_BYTES = 2;

  private DecoderWork() {}

  static ModelWork of(DecoderConfig config) {
    double hidden = config.hiddenSize();
    double queries = (double) config.heads() * config.headDim();
    double keysValues = 2.0 * config.kvHeads() * config.headDim();
    double ofKeysValues = keysValues * hidden;
    double ofTheRest = 2 * queries * hidden + 3.0 * config.intermediateSize() * hidden;
    int before = config.layers() - 1;
    double pair = 4 * queries;
    return new ModelWork(
        2 * (before * (ofKeysValues + ofTheRest) + ofKeysValues),
        2 * ofTheRest,
        before * pair,
        pair,
        (long) (BF16_BYTES * config.layers() * (ofKeysValues + ofTheRest)));
  }
}
