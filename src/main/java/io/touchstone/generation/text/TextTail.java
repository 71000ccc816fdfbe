package io.touchstone.generation.text;

import java.util.Arrays;

/**
 * The end of a growing text: long enough to hold whatever of a certain length the last token
 * completes, so that what is looked for costs the same at any length of the text. Its first
 * characters may be broken.
 */
final class TextTail {
  /** What the beginning of a cut text may lose, or have for characters that are not complete. */
  private static final int SLACK = 8;

  /** Where no token begins a character for so long, the text is cut within one. */
  private static final int MOST_TOKENS = 1024;

  private static final char BROKEN = '\uFFFD';

  private final AnswerDecoder decoder;
  private final int least;
  private int[] ids = new int[64];
  private int length;
  private String text = "";

  /**
   * @param reach the length of what is looked for, in characters
   */
  TextTail(AnswerDecoder decoder, int reach) {
    this.decoder = decoder;
    this.least = reach + SLACK;
  }

  /**
   * Adds a token.
   *
   * @return the end of the text
   */
  String add(int id) {
    // Twice, as some decoders take the first space of a text.
    if (decoder.text(new int[] {id, id}, 0, 2).isEmpty()) {
      return text;
    }
    if (length == ids.length) {
      ids = Arrays.copyOf(ids, 2 * length);
    }
    ids[length++] = id;
    text = decoder.text(ids, 0, length);
    if (text.length() >= 2 * least || length > MOST_TOKENS) {
      shorten();
    }
    return text;
  }

  private void shorten() {
    int start = length;
    for (int tokens = 1; start == length && tokens < length; tokens *= 2) {
      if (decoder.text(ids, length - tokens, length).length() >= least) {
        start = length - tokens;
      }
    }
    while (start > 0 && start < length && !beginsCharacter(start)) {
      start--;
    }
    if (start == 0 || start == length) {
      start = length > MOST_TOKENS ? length / 2 : 0;
    }
    length -= start;
    System.arraycopy(ids, start, ids, 0, length);
  }

  private boolean beginsCharacter(int token) {
    return decoder.text(ids, token, token + 1).indexOf(BROKEN) < 0;
  }
}
