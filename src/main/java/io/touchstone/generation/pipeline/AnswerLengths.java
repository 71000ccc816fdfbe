package io.touchstone.generation.pipeline;

/** How long answers are, as far as any have ended. Whoever drives a pass owns it. */
final class AnswerLengths {

  /** Taken for the first one's as long as none has ended. */
  private static final int USUAL = 256;

  private final int most;
  private long tokens;
  private long answers;

  /**
   * @param most tokens that an answer may have
   */
  AnswerLengths(int most) {
    this.most = most;
    this.tokens = Math.min(most, USUAL);
    this.answers = 1;
  }

  void ended(int length) {
    tokens += length;
    answers++;
  }

  /** The mean; nothing but the use of memory depends on it. */
  int expected() {
    return (int) Math.min(most, tokens / answers + 1);
  }
}
