package io.touchstone.scoring.prompt;

/** What of a conversation an encoder reads. */
public enum EncodeChoice {
  /** The scored turn alone. */
  ANSWER("answer", "the scored turn alone"),
  /** All turns before, joined by a newline, and the scored turn, as two texts. */
  PAIR("pair", "two texts: all turns before, joined by a newline, and the scored turn"),
  /** All turns one after another, with nothing between, as RewardBench's raw template has them. */
  CONVERSATION("conversation", "one text: all turns, one behind another with nothing between");

  private final String word;
  private final String meaning;

  EncodeChoice(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  public String word() {
    return word;
  }

  /** What it comes to, fit for a sentence. */
  public String meaning() {
    return meaning;
  }
}
