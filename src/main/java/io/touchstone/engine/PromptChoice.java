package io.touchstone.engine;

/** How a conversation becomes the model's prompt. */
public enum PromptChoice {
  /** The checkpoint's own chat template, without a generation prompt. */
  CHAT("chat"),
  /** NeMo-Aligner's fixed SteerLM prompt. */
  STEERLM("steerlm");

  private final String word;

  PromptChoice(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
