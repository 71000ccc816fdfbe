package io.touchstone.engine;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Experts;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.checkpoint.config.Mixer;
import io.touchstone.engine.program.MambaShape;
import io.touchstone.generation.GenerationWork;
import io.touchstone.scoring.ModelWork;

/** From a decoder's shapes to the operations that it needs. */
public final class DecoderWork {
  private static final int BF16_BYTES = 2;

  private DecoderWork() {}

  public static ModelWork of(DecoderConfig config) {
    if (config.hybrid().isPresent()) {
      return of(config, config.hybrid().get());
    }
    double queries = queries(config);
    double ofKeysValues = keysValues(config) * config.hiddenSize();
    double ofTheRest = ofTheRest(config);
    double all = config.mlp().experts().map(Experts::count).orElse(0);
    int before = config.layers() - 1;
    double pair = 4 * queries;
    return new ModelWork(
        2 * (before * (ofKeysValues + ofTheRest) + ofKeysValues),
        2 * ofTheRest,
        before * pair,
        pair,
        (long) (BF16_BYTES * config.layers() * (ofKeysValues + ofTheRest(config, all))));
  }

  /** All layers are computed for all tokens; chunks of Mamba layers count as they are computed. */
  private static ModelWork of(DecoderConfig config, HybridLayers layers) {
    HybridLayers.Mamba mamba = layers.mamba();
    double mixing =
        (double) MambaShape.CHUNK * (mamba.inner() + mamba.groups() * mamba.state())
            + 2.0 * mamba.inner() * mamba.state();
    double matrices = matrices(config, layers);
    return new ModelWork(
        2 * (matrices + layers.count(Mixer.MAMBA) * mixing),
        0,
        layers.count(Mixer.ATTENTION) * 4 * queries(config),
        0,
        (long) (BF16_BYTES * matrices));
  }

  /** Of an answer, in which each token passes all of every layer, and the head. */
  static GenerationWork ofAnswers(DecoderConfig config) {
    double head = (double) config.hiddenSize() * config.vocabSize();
    if (config.hybrid().isPresent()) {
      HybridLayers layers = config.hybrid().get();
      HybridLayers.Mamba mamba = layers.mamba();
      double numbers = matrices(config, layers) + head;
      // What is convolved is kept as it is in other models; the state is fp32 everywhere.
      double state =
          (double) Float.BYTES * mamba.inner() * mamba.state()
              + BF16_BYTES * (mamba.kernel() - 1.0) * mamba.convolved();
      return new GenerationWork(
          (long) (BF16_BYTES * numbers),
          2 * (numbers + layers.count(Mixer.MAMBA) * 2.0 * mamba.inner() * mamba.state()),
          (long) (BF16_BYTES * layers.count(Mixer.ATTENTION) * keysValues(config)),
          (long) (layers.count(Mixer.MAMBA) * state));
    }
    double numbers =
        config.layers() * (keysValues(config) * config.hiddenSize() + ofTheRest(config)) + head;
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

  /**
   * Numbers of a layer's matrices that a token passes, but for those of keys and values; on average
   * where some layers have experts.
   */
  private static double ofTheRest(DecoderConfig config) {
    double passed = config.mlp().experts().map(Experts::chosen).orElse(0);
    return ofTheRest(config, passed);
  }

  /** The same with so many of each layer's experts. */
  private static double ofTheRest(DecoderConfig config, double experts) {
    double hidden = config.hiddenSize();
    double dense = (double) config.mlp().matrices() * config.intermediateSize();
    double inner =
        config
            .mlp()
            .experts()
            .map(
                some -> {
                  double share = (double) some.dense().size() / config.layers();
                  double sparse = 3 * experts * some.inner() + some.count();
                  return share * dense + (1 - share) * sparse;
                })
            .orElse(dense);
    return 2 * queries(config) * hidden + inner * hidden;
  }

  /** Numbers of all layers' matrices. */
  private static double matrices(DecoderConfig config, HybridLayers layers) {
    double hidden = config.hiddenSize();
    HybridLayers.Mamba mamba = layers.mamba();
    return layers.count(Mixer.MAMBA) * (mamba.projected() + (double) mamba.inner()) * hidden
        + layers.count(Mixer.ATTENTION) * (2 * queries(config) + keysValues(config)) * hidden
        + layers.count(Mixer.MLP) * 2.0 * config.intermediateSize() * hidden;
  }
}
