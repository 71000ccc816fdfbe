package io.touchstone.generation.sampling;

/**
 * Forbids the token that would complete a sequence which occurred in prompt or answer.
 *
 * @param size of the sequences, at least 1
 */
record NoRepeatNgram(int size) implements LogitRule {

  @Override
  public void apply(float[] logits, History history) {
    int length = history.length();
    int head = size - 1;
    for (int start = 0; start + head < length; start++) {
      int id = history.id(start + head);
      if (id < logits.length && isHead(history, start, head)) {
        logits[id] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  private static boolean isHead(History history, int start, int head) {
    int end = history.length() - head;
    for (int i = 0; i < head; i++) {
      if (history.id(start + i) != history.id(end + i)) {
        return false;
      }
    }
    return true;
  }
}
