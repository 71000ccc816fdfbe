package io.touchstone.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the model says of one conversation.
 *
 * @param values one for each attribute of the model, in its order; owned by the reward
 * @param votes of a judge, by which it came to each value; none of another model
 */
public record Reward(float[] values, List<Votes> votes) {

  public Reward {
    votes = List.copyOf(votes);
    if (values.length == 0 || !votes.isEmpty() && votes.size() != values.length) {
      throw new IllegalArgumentException(
          "reward: expected at least one value, and votes for each or none, found "
              + values.length
              + " and "
              + votes.size());
    }
  }

  /** Of a model that takes no votes. */
  public Reward(float[] values) {
    this(values, List.of());
  }

  /** All values of some rewards, in their order. */
  static Reward joined(List<Reward> rewards) {
    float[] values = new float[0];
    List<Votes> votes = new ArrayList<>();
    for (Reward reward : rewards) {
      int at = values.length;
      values = Arrays.copyOf(values, at + reward.values.length);
      System.arraycopy(reward.values, 0, values, at, reward.values.length);
      votes.addAll(reward.votes);
    }
    return new Reward(values, votes);
  }
}
