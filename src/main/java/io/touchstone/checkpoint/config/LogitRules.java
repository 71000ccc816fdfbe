package io.touchstone.checkpoint.config;

import java.io.Serializable;
import java.util.List;

/**
 * Rules that change logits whether tokens are drawn or the best one is taken, as {@code
 * generation_config.json} has them.
 *
 * @param sequenceBias added to a sequence's last token where the tokens before it are there
 * @param repetitionPenalty of tokens that occurred; 1 is none
 * @param noRepeatNgram size of sequences that may not come again; 0 is none
 * @param badWords sequences that may not be completed
 * @param forcedBos the second token of all, where a prompt has one; none or one id
 * @param forcedEos the last token that is allowed; maybe none
 * @param removesInvalid whether what is no finite number becomes one
 * @param decay grows the logits of the end
 * @param suppressed never
 * @param suppressedAtBegin not as an answer's first token
 */
public record LogitRules(
    List<SequenceBias> sequenceBias,
    double repetitionPenalty,
    int noRepeatNgram,
    List<List<Integer>> badWords,
    List<Integer> forcedBos,
    List<Integer> forcedEos,
    boolean removesInvalid,
    LengthDecay decay,
    List<Integer> suppressed,
    List<Integer> suppressedAtBegin)
    implements Serializable {

  /** No rule at all. */
  public static final LogitRules NONE =
      new LogitRules(
          List.of(),
          1,
          0,
          List.of(),
          List.of(),
          List.of(),
          false,
          LengthDecay.NONE,
          List.of(),
          List.of());

  public LogitRules {
    sequenceBias = List.copyOf(sequenceBias);
    badWords = badWords.stream().map(List::copyOf).toList();
    forcedBos = List.copyOf(forcedBos);
    forcedEos = List.copyOf(forcedEos);
    suppressed = List.copyOf(suppressed);
    suppressedAtBegin = List.copyOf(suppressedAtBegin);
  }

  /**
   * What is added to a token's logit.
   *
   * @param ids at least one: those that must be there, and the token
   */
  public record SequenceBias(List<Integer> ids, double bias) implements Serializable {
    public SequenceBias {
      ids = List.copyOf(ids);
    }
  }

  /**
   * A growth of the end's logits by {@code |l| * (factor^n - 1)}.
   *
   * @param start the tokens of an answer after which n counts
   */
  public record LengthDecay(int start, double factor) implements Serializable {
    public static final LengthDecay NONE = new LengthDecay(0, 1);
  }

  public LogitRules withRepetitionPenalty(double penalty) {
    return new LogitRules(
        sequenceBias,
        penalty,
        noRepeatNgram,
        badWords,
        forcedBos,
        forcedEos,
        removesInvalid,
        decay,
        suppressed,
        suppressedAtBegin);
  }
}
