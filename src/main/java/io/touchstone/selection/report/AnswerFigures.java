package io.touchstone.selection.report;

import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How answers ended, and how long they are.
 *
 * @param answers of all rows
 * @param finishes how many ended how: {@code eos}, {@code length}, {@code stop}
 * @param tokens that were generated for an answer
 * @param logprobs null where nobody has told them, as a server may not
 * @param thoughts answers with a thought
 * @param cutThoughts answers that ended within it, and have no text
 * @param empty answers without a character
 * @param bySource by input file
 * @param whole whether quantiles and the picture are of all answers, and not of an even sample
 */
public record AnswerFigures(
    long rows,
    long answers,
    SortedMap<String, Long> finishes,
    Distribution tokens,
    LengthPicture picture,
    @Nullable Logprobs logprobs,
    long thoughts,
    long cutThoughts,
    long empty,
    Map<String, Source> bySource,
    boolean whole) {

  /** Log-probabilities of an answer's tokens, their mean for each answer. */
  public record Logprobs(long count, double mean, double std, double min, double max) {}

  /**
   * The answers to the rows of one input file.
   *
   * @param tokens the mean of an answer's
   * @param cut answers that ended at the most tokens that were allowed
   */
  public record Source(long answers, double tokens, double most, long cut) {}

  /** How many ended so. */
  public long finished(String how) {
    return finishes.getOrDefault(how, 0L);
  }

  /** The share of the answers that so many are. */
  public double share(long some) {
    return (double) some / answers;
  }
}
