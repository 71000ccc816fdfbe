package io.touchstone.reward;

import java.util.Arrays;
import java.util.List;

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

  /** All values of some rewards, in their order. */
  static Reward joined(List<Reward> rewards) {
    float[] values = new float[0];
    for (Reward reward : rewards) {
      int at = values.length;
      values = Arrays.copyOf(values, at + reward.values.length);
      System.arraycopy(reward.values, 0, values, at, reward.values.length);
    }
    return new Reward(values);
  }
}
