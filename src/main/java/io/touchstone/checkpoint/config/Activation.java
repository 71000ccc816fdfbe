package io.touchstone.checkpoint.config;

import java.util.List;

/** What an MLP's inner numbers pass, by the names that configurations have for it. */
public enum Activation {
  SILU("silu"),
  /** {@code x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2}. */
  GELU_TANH("gelu_pytorch_tanh", "gelu_new"),
  /** {@code x * (1 + erf(x / sqrt(2))) / 2}. */
  GELU("gelu");

  private final List<String> words;

  Activation(String... words) {
    this.words = List.of(words);
  }

  /** The usual name first. */
  List<String> words() {
    return words;
  }
}
