package io.touchstone.conversation.format;

import java.util.List;

/**
 * Names under which rows have answers that were generated: {@code candidates} rows, with lists
 * beside the responses that are as long.
 */
public final class AnswerFields {

  public static final String PROMPT = "prompt";
  public static final String RESPONSES = "responses";
  public static final String THOUGHTS = "thoughts";
  public static final String FINISHES = "finishes";
  public static final String TOKEN_COUNTS = "token_counts";
  public static final String LOGPROB_SUMS = "logprob_sums";

  /** All that is written, in its order. */
  static final List<String> WRITTEN =
      List.of(PROMPT, RESPONSES, THOUGHTS, FINISHES, TOKEN_COUNTS, LOGPROB_SUMS);

  /** Lists that say something of each response. */
  static final List<String> BESIDE_RESPONSES =
      List.of(THOUGHTS, FINISHES, TOKEN_COUNTS, LOGPROB_SUMS);

  /** What would be read with the responses, and belongs to others. */
  static final String SCORES = FormatTable.CANDIDATES.scores().word();

  private AnswerFields() {}

  /** The name of such a list for answers that stand under another name than the responses. */
  static String beside(String answers, String list) {
    return answers + "_" + list;
  }
}
