package io.touchstone.scoring.prompt;

/** What becomes of a text that is longer than an encoder takes. */
public enum OverLong {
  REJECT("reject"),
  /** It is cut, as transformers' {@code truncation=True} does. */
  CUT("cut");

  private final String word;

  OverLong(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
