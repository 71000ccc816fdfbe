package io.touchstone.generation;

import org.jspecify.annotations.Nullable;

/**
 * One answer to a prompt.
 *
 * @param response its text; null where the answer ended within its thought
 * @param thought null without one
 * @param tokens that were generated, those of its end and of a stop string among them
 * @param logprobSum of these tokens, by the logits before any rule; NaN where nobody tells
 * @param judgement null where none was asked for, or the response has none
 */
public record Answer(
    @Nullable String response,
    @Nullable String thought,
    Finish finish,
    int tokens,
    double logprobSum,
    @Nullable Judgement judgement) {

  /** Of a model that is not asked to judge. */
  public Answer(
      @Nullable String response,
      @Nullable String thought,
      Finish finish,
      int tokens,
      double logprobSum) {
    this(response, thought, finish, tokens, logprobSum, null);
  }
}
