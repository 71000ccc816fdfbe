package io.touchstone.checkpoint.config;

/**
 * How positions turn queries and keys in each layer.
 *
 * @param full in layers that see all tokens before one
 * @param sliding in those that have a window; the same one in most families
 * @param dims of a head that are turned, the first ones; the others stay as they are
 */
public record RotaryLayers(Rotary full, Rotary sliding, int dims) {

  /** One for all layers and whole heads. */
  public static RotaryLayers of(Rotary rotary, DecoderSizes sizes) {
    return new RotaryLayers(rotary, rotary, sizes.headDim());
  }

  /** Whether layers with a window turn by other angles. */
  public boolean differ() {
    return !full.equals(sliding);
  }
}
