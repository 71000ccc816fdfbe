package io.touchstone.scoring;

/** Where in a prompt the reward is read. */
public sealed interface ReadOut {

  /** How many of the prompt's tokens, from its first, lead up to the read-out, itself included. */
  int length(int[] ids);

  /** At the last token: causal models whose reward is one token's logit. */
  record LastToken() implements ReadOut {
    @Override
    public int length(int[] ids) {
      return ids.length;
    }
  }

  /**
   * At the last token that is not the pad token, also when nothing was padded, as transformers'
   * GenericForSequenceClassification (5.23.0) does; at the first token if all are pad tokens.
   */
  record LastTokenBesides(int padTokenId) implements ReadOut {
    @Override
    public int length(int[] ids) {
      int length = ids.length;
      while (length > 1 && ids[length - 1] == padTokenId) {
        length--;
      }
      return length;
    }
  }
}
