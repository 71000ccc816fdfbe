package io.touchstone.checkpoint.config;

import java.util.Set;

/**
 * The window of keys that a token sees in the layers that slide. Positions stay absolute, and no
 * row of at most as many tokens notices it.
 *
 * @param tokens that a token sees at most, itself included
 * @param layers that slide; not empty but in {@link #NONE}
 */
public record SlidingWindow(int tokens, Set<Integer> layers) {
  /** Where each token sees all before it in every layer. */
  public static final SlidingWindow NONE = new SlidingWindow(Integer.MAX_VALUE, Set.of());

  public SlidingWindow {
    layers = Set.copyOf(layers);
  }

  /** Whether a row of so many tokens meets it. */
  public boolean narrows(int rowTokens) {
    return !layers.isEmpty() && rowTokens > tokens;
  }
}
