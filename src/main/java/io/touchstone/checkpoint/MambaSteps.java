package io.touchstone.checkpoint;

/** How far a token steps the states of Mamba layers, where implementations do not agree. */
public enum MambaSteps {
  /** As {@code time_step_limit} says, in the code that is published with models. */
  PUBLISHED("published"),
  /**
   * As transformers 5.23.0 does: a prompt's tokens at least by {@code time_step_min}, those that
   * are generated as published.
   */
  TRANSFORMERS5("transformers5");

  private final String word;

  MambaSteps(String word) {
    this.word = word;
  }

  /** As users write it, and as results record it. */
  public String word() {
    return word;
  }
}
