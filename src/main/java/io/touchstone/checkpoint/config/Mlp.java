package io.touchstone.checkpoint.config;

import java.util.Optional;

/**
 * The MLP of a decoder's layers.
 *
 * @param gated whether it is {@code down(activation(gate x) * up x)}, and not {@code
 *     down(activation(up x))}
 * @param bias whether each matrix adds one
 * @param input what it takes
 * @param experts in its place, but for the layers that they leave out
 */
public record Mlp(
    Activation activation, boolean gated, boolean bias, Input input, Optional<Experts> experts) {
  /** Which states of the residual stream an MLP takes. */
  public enum Input {
    /** Those that attention has added to. */
    AFTER_ATTENTION,
    /** Those that attention takes too: both add to them side by side. */
    BESIDE_ATTENTION
  }

  /** One that takes what attention has added to. */
  public Mlp(Activation activation, boolean gated, boolean bias) {
    this(activation, gated, bias, Input.AFTER_ATTENTION);
  }

  /** One in each layer. */
  public Mlp(Activation activation, boolean gated, boolean bias, Input input) {
    this(activation, gated, bias, input, Optional.empty());
  }

  /** The same with experts in its place. */
  public Mlp with(Experts some) {
    return new Mlp(activation, gated, bias, input, Optional.of(some));
  }

  /** Llama's, without biases. */
  public static final Mlp SILU = new Mlp(Activation.SILU, true, false);

  /** Matrices of as many rows or columns as the MLP has inner numbers. */
  public int matrices() {
    return gated ? 3 : 2;
  }

  /** Whether a layer has one MLP. */
  public boolean isDense(int layer) {
    return experts.map(some -> !some.in(layer)).orElse(true);
  }

  /** Whether any of so many layers has one MLP. */
  public boolean isDenseSomewhere(int layers) {
    return experts.map(some -> !some.dense().isEmpty()).orElse(layers > 0);
  }
}
