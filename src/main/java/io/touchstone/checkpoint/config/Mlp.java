package io.touchstone.checkpoint.config;

import java.util.Optional;

/**
 * The MLP of a decoder's layers.
 *
 * @param gated whether it is {@code down(activation(gate x) * up x)}, and not {@code
 *     down(activation(up x))}
 * @param bias whether each matrix adds one
 * @param experts in its place, but for the layers that they leave out
 */
public record Mlp(Activation activation, boolean gated, boolean bias, Optional<Experts> experts) {
  /** Llama's, without biases. */
  public static final Mlp SILU = new Mlp(Activation.SILU, true, false);

  /** One MLP in each layer. */
  public Mlp(Activation activation, boolean gated, boolean bias) {
    this(activation, gated, bias, Optional.empty());
  }

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
