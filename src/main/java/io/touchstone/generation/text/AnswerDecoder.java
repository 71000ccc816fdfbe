package io.touchstone.generation.text;

import io.touchstone.tokenizer.Tokenizer;
import java.util.Arrays;

/** From generated ids to text, tags of thoughts kept though they be special tokens. Any thread. */
public final class AnswerDecoder {
  private static final int NONE = -1;

  private final Tokenizer tokenizer;
  private final boolean thinks;
  private final int openId;
  private final int closeId;

  /**
   * @param thinks whether tags of thoughts are {@link ThoughtTags#areKnown known}
   */
  public AnswerDecoder(Tokenizer tokenizer, boolean thinks) {
    this.tokenizer = tokenizer;
    this.thinks = thinks;
    this.openId = thinks ? specialId(ThoughtTags.OPEN) : NONE;
    this.closeId = thinks ? specialId(ThoughtTags.CLOSE) : NONE;
  }

  /** The one special token that a text is; none if it is another one, or several. */
  private int specialId(String text) {
    int[] ids = tokenizer.encode(text);
    return ids.length == 1 && tokenizer.decode(ids).isEmpty() ? ids[0] : NONE;
  }

  boolean thinks() {
    return thinks;
  }

  /** The text of some ids, decoded at once but for where a special token's tag cuts them. */
  String text(int[] ids, int from, int to) {
    StringBuilder text = new StringBuilder();
    int start = from;
    for (int i = from; i < to; i++) {
      if (ids[i] == openId || ids[i] == closeId) {
        text.append(decode(ids, start, i));
        text.append(ids[i] == openId ? ThoughtTags.OPEN : ThoughtTags.CLOSE);
        start = i + 1;
      }
    }
    return text.append(decode(ids, start, to)).toString();
  }

  private String decode(int[] ids, int from, int to) {
    return from == to ? "" : tokenizer.decode(Arrays.copyOfRange(ids, from, to));
  }
}
