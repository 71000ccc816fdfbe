package io.touchstone.generation;

/** Why an answer ended. */
public enum Finish {
  /** With a token of its end. */
  EOS("eos"),
  /** With as many tokens as were allowed. */
  LENGTH("length"),
  /** With a stop string. */
  STOP("stop");

  private final String word;

  Finish(String word) {
    this.word = word;
  }

  /** As rows have it. */
  public String word() {
    return word;
  }
}
