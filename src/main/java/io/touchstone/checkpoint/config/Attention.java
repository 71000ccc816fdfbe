package io.touchstone.checkpoint.config;

import java.util.Optional;

/**
 * How a decoder's layers attend.
 *
 * @param scoreDivisor what products of queries and keys are divided by
 * @param scoreCap c of {@code c * tanh(score / c)}, before the mask; 0 where scores stay as they
 *     are
 */
public record Attention(
    AttentionBias bias,
    Optional<HeadNorms> headNorms,
    double scoreDivisor,
    double scoreCap,
    SlidingWindow window) {

  /** As Llama does, without biases. */
  public static Attention of(DecoderSizes sizes) {
    return new Attention(
        AttentionBias.NONE, Optional.empty(), Math.sqrt(sizes.headDim()), 0, SlidingWindow.NONE);
  }

  public Attention with(AttentionBias biases) {
    return new Attention(biases, headNorms, scoreDivisor, scoreCap, window);
  }

  public Attention with(HeadNorms norms) {
    return new Attention(bias, Optional.of(norms), scoreDivisor, scoreCap, window);
  }

  public Attention with(SlidingWindow windows) {
    return new Attention(bias, headNorms, scoreDivisor, scoreCap, windows);
  }

  /**
   * @param cap 0 for none
   */
  public Attention scored(double divisor, double cap) {
    return new Attention(bias, headNorms, divisor, cap, window);
  }
}
