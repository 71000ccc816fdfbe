package io.touchstone.conversation.format;

/** The line formats; {@link #word()} is what a user types. */
public enum RowFormat {
  STEERLM("steerlm"),
  HELPSTEER2("helpsteer2"),
  HELPSTEER3("helpsteer3"),
  MESSAGES("messages"),
  SHAREGPT("sharegpt"),
  CANDIDATES("candidates"),
  PREFERENCE("preference"),
  BEST_OF_N("best-of-n"),
  PREFERENCE_LISTS("preference-lists"),
  JUDGEBENCH("judgebench");

  private final String word;

  RowFormat(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
