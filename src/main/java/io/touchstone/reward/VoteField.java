package io.touchstone.reward;

/** What of a judge's votes is written beside their mean. */
public enum VoteField {
  /** Their standard deviation. */
  SPREAD("spread"),
  /** What the judge wrote. */
  RATIONALE("rationale");

  private final String word;

  VoteField(String word) {
    this.word = word;
  }

  /**
   * The word by which rows name it.
   *
   * @param score that stands for the scores themselves; empty for the formats' own
   */
  public String word(String score) {
    return score.isEmpty() ? word : score + "_" + word;
  }
}
