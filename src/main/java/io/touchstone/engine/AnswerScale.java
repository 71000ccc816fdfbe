package io.touchstone.engine;

/** What becomes of the difference of two tokens' logits. */
public enum AnswerScale {
  /** It is the reward: the logarithm of how much likelier the first token is than the second. */
  DIFFERENCE,
  /** Its logistic: the first token's probability among the two. */
  PROBABILITY
}
