package io.touchstone.checkpoint.config;

import java.util.Optional;

/**
 * The shape and arithmetic of a decoder, as transformers 5.23.0 would build it from {@code
 * config.json}: keys that are missing there have the defaults of that version's configuration
 * classes.
 *
 * @param tiedEmbeddings what the configuration says; which tensor is the head, {@link RewardHead}
 *     says
 * @param hybrid what each layer is, where layers are of kinds; empty where each is attention and
 *     behind it an MLP
 */
public record DecoderConfig(
    DecoderSizes sizes,
    boolean tiedEmbeddings,
    Norms norms,
    Attention attention,
    Mlp mlp,
    RotaryLayers rotary,
    Factors factors,
    TensorNames names,
    Optional<HybridLayers> hybrid) {
  /** No published model was made for more. */
  private static final int MOST_TOKENS = 1 << 20;

  /** A decoder of Llama's arithmetic, without biases. */
  public static DecoderConfig of(
      DecoderSizes sizes, boolean tiedEmbeddings, double eps, Rotary rotary) {
    return new DecoderConfig(
        sizes,
        tiedEmbeddings,
        Norms.before(Norms.Kind.RMS, eps),
        Attention.of(sizes),
        Mlp.SILU,
        RotaryLayers.of(rotary, sizes),
        Factors.NONE,
        TensorNames.of(sizes),
        Optional.empty());
  }

  public DecoderConfig with(Norms others) {
    return new DecoderConfig(
        sizes, tiedEmbeddings, others, attention, mlp, rotary, factors, names, hybrid);
  }

  public DecoderConfig with(Attention other) {
    return new DecoderConfig(
        sizes, tiedEmbeddings, norms, other, mlp, rotary, factors, names, hybrid);
  }

  public DecoderConfig with(Mlp other) {
    return new DecoderConfig(
        sizes, tiedEmbeddings, norms, attention, other, rotary, factors, names, hybrid);
  }

  public DecoderConfig with(RotaryLayers others) {
    return new DecoderConfig(
        sizes, tiedEmbeddings, norms, attention, mlp, others, factors, names, hybrid);
  }

  public DecoderConfig with(Factors others) {
    return new DecoderConfig(
        sizes, tiedEmbeddings, norms, attention, mlp, rotary, others, names, hybrid);
  }

  public DecoderConfig with(TensorNames others) {
    return new DecoderConfig(
        sizes, tiedEmbeddings, norms, attention, mlp, rotary, factors, others, hybrid);
  }

  public DecoderConfig with(HybridLayers kinds) {
    return new DecoderConfig(
        sizes, tiedEmbeddings, norms, attention, mlp, rotary, factors, names, Optional.of(kinds));
  }

  public int hiddenSize() {
    return sizes.hiddenSize();
  }

  public int intermediateSize() {
    return sizes.intermediateSize();
  }

  public int layers() {
    return sizes.layers();
  }

  public int heads() {
    return sizes.heads();
  }

  public int kvHeads() {
    return sizes.kvHeads();
  }

  public int headDim() {
    return sizes.headDim();
  }

  public int vocabSize() {
    return sizes.vocabSize();
  }

  public int maxPositionEmbeddings() {
    return sizes.maxPositionEmbeddings();
  }

  public SlidingWindow window() {
    return attention.window();
  }

  /** How positions turn in a layer. */
  public Rotary rotary(int layer) {
    return window().layers().contains(layer) ? rotary.sliding() : rotary.full();
  }

  /** How many layers attend. */
  public int attendingLayers() {
    return hybrid.map(kinds -> kinds.count(Mixer.ATTENTION)).orElse(layers());
  }

  /**
   * The most tokens that a row may have: its positions, where the rotary embeddings do not follow
   * the row beyond them.
   */
  public int mostTokens() {
    return rotary.full() instanceof Rotary.Dynamic ? MOST_TOKENS : maxPositionEmbeddings();
  }
}
