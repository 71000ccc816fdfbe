package io.touchstone.reward;

/**
 * What the model says of one conversation.
 *
 * @param values one for each attribute of the model, in its order; owned by the reward
 */
public record Reward(float[] values) {

  public Reward {
    if (values.length == 0) {
      throw new IllegalArgumentException("a reward needs at least one value");
    }
  }
}
