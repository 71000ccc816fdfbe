package io.touchstone.engine;

import java.io.Serializable;

/** What of a causal model's logits is the reward. */
public sealed interface CausalReward extends Serializable {

  /** Those of which the last position's are read. */
  record OfToken(int token) implements CausalReward {}

  /** One less the other. */
  record OfPair(int wanted, int unwanted, AnswerScale scale) implements CausalReward {}
}
