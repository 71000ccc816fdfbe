package io.touchstone.conversation.format;

import java.util.List;
import java.util.stream.Stream;

/**
 * Names under which rows have answers that were generated: a list of them, and lists beside it that
 * are as long.
 *
 * @param responses the answers
 * @param thoughts what stood before each
 * @param finishes why each ended
 * @param tokenCounts how many tokens were generated for each
 * @param logprobSums of these tokens
 */
public record AnswerFields(
    String responses, String thoughts, String finishes, String tokenCounts, String logprobSums) {

  public static final String PROMPT = "prompt";
  public static final String RESPONSES = "responses";
  public static final String THOUGHTS = "thoughts";
  public static final String FINISHES = "finishes";
  public static final String TOKEN_COUNTS = "token_counts";
  public static final String LOGPROB_SUMS = "logprob_sums";

  /** Of {@code candidates} rows. */
  public static final AnswerFields CANDIDATES =
      new AnswerFields(RESPONSES, THOUGHTS, FINISHES, TOKEN_COUNTS, LOGPROB_SUMS);

  /** What would be read with the responses, and belongs to others. */
  static final String SCORES = FormatTable.CANDIDATES.scores().word();

  /** Of answers beside those that a row has. */
  public static AnswerFields under(String name) {
    return new AnswerFields(
        name,
        name + "_" + THOUGHTS,
        name + "_" + FINISHES,
        name + "_" + TOKEN_COUNTS,
        name + "_" + LOGPROB_SUMS);
  }

  /** All of them, in the order in which they are written. */
  public List<String> names() {
    return Stream.concat(Stream.of(responses), beside().stream()).toList();
  }

  /** Of the lists beside the answers. */
  public List<String> beside() {
    return List.of(thoughts, finishes, tokenCounts, logprobSums);
  }

  /** All that {@code candidates} rows are written with. */
  static List<String> ofCandidates() {
    return Stream.concat(Stream.of(PROMPT), CANDIDATES.names().stream()).toList();
  }
}
