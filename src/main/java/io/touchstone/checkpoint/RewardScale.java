package io.touchstone.checkpoint;

/** On which scale a reward is given. */
public enum RewardScale {
  /** As the model's head has it. */
  RAW,
  /** Less the mean and over the standard deviation that {@code config.json} names. */
  NORMALIZED
}
