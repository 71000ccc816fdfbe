package io.touchstone.tokenizer.transformers;

/** Whose reading of a folder's tokenizer files counts, where readings differ. */
public enum TokenizerChoice {
  /** As transformers 5.23.0 makes it: some classes are rebuilt, tokens of other files added. */
  TRANSFORMERS5("transformers5"),
  /** {@code tokenizer.json} as it stands, which is what transformers 4 took. */
  FILE("file");

  private final String word;

  TokenizerChoice(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
