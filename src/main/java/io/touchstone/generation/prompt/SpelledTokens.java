package io.touchstone.generation.prompt;

/** What becomes of special tokens that the texts of a row spell out. */
public enum SpelledTokens {
  /** Those tokens, as transformers 5.23 has it by default. */
  AS_TOKENS("as tokens"),
  /** Text, as with {@code sanitize_control_tokens=True} of transformers 5.23. */
  AS_TEXT("as text");

  private final String word;

  SpelledTokens(String word) {
    this.word = word;
  }

  /** As the result records it. */
  public String word() {
    return word;
  }
}
