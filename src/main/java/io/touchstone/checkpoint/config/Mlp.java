package io.touchstone.checkpoint.config;

/**
 * The MLP of a decoder's layers.
 *
 * @param gated whether it is {@code down(activation(gate x) * up x)}, and not {@code
 *     down(activation(up x))}
 * @param bias whether each matrix adds one
 * @param input what it takes
 */
public record Mlp(Activation activation, boolean gated, boolean bias, Input input) {
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

  /** Llama's, without biases. */
  public static final Mlp SILU = new Mlp(Activation.SILU, true, false);

  /** Matrices of as many rows or columns as the MLP has inner numbers. */
  public int matrices() {
    return gated ? 3 : 2;
  }
}
