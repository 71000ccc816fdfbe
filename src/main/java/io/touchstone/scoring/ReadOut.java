package io.touchstone.scoring;

import java.util.Arrays;

/** Where in a prompt the reward is read. */
public sealed interface ReadOut {

  /** How many of the prompt's tokens, from its first, lead up to the read-out, itself included. */
  int length(int[] ids);

  /**
   * The same for each place, where there are several; none where a prompt lacks one of them.
   *
   * @see PlaceJoin
   */
  default int[] lengths(int[] ids) {
    return new int[] {length(ids)};
  }

  /** What a prompt must have to be read. */
  default String wanted() {
    return "tokens";
  }

  /** The prompt as it is given to the model. */
  default int[] prompt(int[] ids) {
    return ids;
  }

  /** At the last token, whatever it is. */
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

  /**
   * At the token before the first pad token, as classes of their own read that grew from
   * transformers 4; at the last one if there is no pad token, or if it is the first.
   */
  record TokenBefore(int padTokenId) implements ReadOut {
    @Override
    public int length(int[] ids) {
      for (int i = 1; i < ids.length && ids[0] != padTokenId; i++) {
        if (ids[i] == padTokenId) {
          return i;
        }
      }
      return ids.length;
    }
  }

  /**
   * First where the last of some headers begins, then where the score is read.
   *
   * @param text of the header
   * @param header its tokens; owned by the read-out
   */
  record HeaderThen(String text, int[] header, ReadOut score) implements ReadOut {
    @Override
    public int length(int[] ids) {
      return score.length(ids);
    }

    @Override
    public int[] lengths(int[] ids) {
      for (int first = ids.length - header.length; first >= 0; first--) {
        if (Arrays.equals(ids, first, first + header.length, header, 0, header.length)) {
          return new int[] {first + 1, length(ids)};
        }
      }
      return new int[0];
    }

    @Override
    public String wanted() {
      return "the tokens of '" + text + "'";
    }
  }

  /** At a token that is put behind prompts which do not end with it, to be read there. */
  record AppendedToken(int id) implements ReadOut {
    @Override
    public int[] prompt(int[] ids) {
      if (ids.length > 0 && ids[ids.length - 1] == id) {
        return ids;
      }
      int[] longer = Arrays.copyOf(ids, ids.length + 1);
      longer[ids.length] = id;
      return longer;
    }

    @Override
    public int length(int[] ids) {
      return ids.length;
    }
  }
}
