package io.touchstone.engine;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.checkpoint.config.Mixer;
import io.touchstone.scoring.ModelWork;

/** From a decoder's shapes to the operations that it needs. */
final class DecoderWork {
  private static final int BF16_BYTES = 2;

  private DecoderWork() {}

  static ModelWork of(DecoderConfig config) {
    if (config.hybrid().isPresent()) {
      return of(config, config.hybrid().get());
    }
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

  /** All layers are computed for all tokens; chunks of Mamba layers count as they are computed. */
  private static ModelWork of(DecoderConfig config, HybridLayers layers) {
    double hidden = config.hiddenSize();
    double queries = (double) config.heads() * config.headDim();
    double keysValues = 2.0 * config.kvHeads() * config.headDim();
    HybridLayers.Mamba mamba = layers.mamba();
    double projections = (mamba.projected() + (double) mamba.inner()) * hidden;
    double mixing =
        (double) MambaShape.CHUNK * (mamba.inner() + mamba.groups() * mamba.state())
            + 2.0 * mamba.inner() * mamba.state();
    double matrices =
        layers.count(Mixer.MAMBA) * projections
            + layers.count(Mixer.ATTENTION) * (2 * queries + keysValues) * hidden
            + layers.count(Mixer.MLP) * 2.0 * config.intermediateSize() * hidden;
    return new ModelWork(
        2 * (matrices + layers.count(Mixer.MAMBA) * mixing),
        0,
        layers.count(Mixer.ATTENTION) * 4 * queries,
        0,
        (long) (BF16_BYTES * matrices));
  }
}
