package io.touchstone.checkpoint.config;

/**
 * The MLP of a decoder's layers.
 *
 * @param gated whether it is {@code down(activation(gate x) * up x)}, and not {@code
 *     down(activation(up x))}
 * @param bias whether each matrix adds one
 */
public record Mlp(Activation activation, boolean gated, boolean bias) {
  /** Llama's, without biases. */
  public static final Mlp SILU = new Mlp(Activation.SILU, true, false);

  /** Matrices of as many rows or columns as the MLP has inner numbers. */
  public int matrices() {
    return gated ? 3 : 2;
  }
}
