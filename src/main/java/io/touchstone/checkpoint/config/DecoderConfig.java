package io.touchstone.checkpoint.config;

import java.util.Optional;

/**
 * The shape and arithmetic of a decoder, as transformers 5.23.0 would build it from {@code
 * config.json}: keys that are missing there have the defaults of that version's configuration
 * classes.
 *
 * @param layers decoder layers, {@code model.layers.0 …}
 * @param heads query heads; a multiple of {@code kvHeads}
 * @param headDim even; need not be {@code hiddenSize / heads}
 * @param qkNorm whether each head's q and k pass an RMS norm over {@code headDim} before rotation
 * @param tiedEmbeddings what the configuration says; which tensor is the head, {@link RewardHead}
 *     says
 * @param hybrid what each layer is, where layers are of kinds; empty where each is attention and
 *     behind it a gated MLP
 */
public record DecoderConfig(
    Family family,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    int vocabSize,
    double rmsNormEps,
    AttentionBias attentionBias,
    boolean mlpBias,
    boolean qkNorm,
    boolean tiedEmbeddings,
    Rotary rotary,
    int maxPositionEmbeddings,
    SlidingWindow window,
    Optional<HybridLayers> hybrid) {
  /** No published model was made for more. */
  private static final int MOST_TOKENS = 1 << 20;

  /** How many layers attend. */
  public int attendingLayers() {
    return hybrid.map(kinds -> kinds.count(Mixer.ATTENTION)).orElse(layers);
  }

  /** A decoder whose layers are alike. */
  public DecoderConfig(
      Family family,
      int hiddenSize,
      int intermediateSize,
      int layers,
      int heads,
      int kvHeads,
      int headDim,
      int vocabSize,
      double rmsNormEps,
      AttentionBias attentionBias,
      boolean mlpBias,
      boolean qkNorm,
      boolean tiedEmbeddings,
      Rotary rotary,
      int maxPositionEmbeddings,
      SlidingWindow window) {
    this(
        family,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        kvHeads,
        headDim,
        vocabSize,
        rmsNormEps,
        attentionBias,
        mlpBias,
        qkNorm,
        tiedEmbeddings,
        rotary,
        maxPositionEmbeddings,
        window,
        Optional.empty());
  }

  /**
   * The most tokens that a row may have: its positions, where the rotary embeddings do not follow
   * the row beyond them.
   */
  public int mostTokens() {
    return rotary instanceof Rotary.Dynamic ? MOST_TOKENS : maxPositionEmbeddings;
  }
}
