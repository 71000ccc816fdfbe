package io.touchstone.engine;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.generation.GenerationWork;
import io.touchstone.scoring.ModelWork;

/** From a decoder's shapes to the operations that it needs. */
final class DecoderWork {
  private static final int BF16_BYTES = 2;

  private DecoderWork() {}

  static ModelWork of(DecoderConfig config) {
    double queries = queries(config);
    double ofKeysValues = keysValues(config) * config.hiddenSize();
    double ofTheRest = ofTheRest(config);
    int before = config.layers() - 1;
    double pair = 4 * queries;
    return new ModelWork(
        2 * (before * (ofKeysValues + ofTheRest) + ofKeysValues),
        2 * ofTheRest,
        before * pair,
        pair,
        (long) (BF16_BYTES * config.layers() * (ofKeysValues + ofTheRest)));
  }

  /** Of an answer, in which each token passes all of every layer, and the head. */
  static GenerationWork ofAnswers(DecoderConfig config) {
    double hidden = config.hiddenSize();
    double numbers =
        config.layers() * (keysValues(config) * hidden + ofTheRest(config))
            + hidden * config.vocabSize();
    return new GenerationWork(
        (long) (BF16_BYTES * numbers),
        2 * numbers,
        (long) (BF16_BYTES * config.layers() * keysValues(config)),
        0);
  }

  private static double queries(DecoderConfig config) {
    return (double) config.heads() * config.headDim();
  }

  /** Numbers that a layer remembers of a token. */
  private static double keysValues(DecoderConfig config) {
    return 2.0 * config.kvHeads() * config.headDim();
  }

  /** Numbers of a layer's matrices, but for those of keys and values. */
  private static double ofTheRest(DecoderConfig config) {
    double hidden = config.hiddenSize();
    return 2 * queries(config) * hidden + 3.0 * config.intermediateSize() * hidden;
  }
}
