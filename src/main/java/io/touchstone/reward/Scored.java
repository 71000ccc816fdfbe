package io.touchstone.reward;

import java.util.List;

/** One reward for each conversation of the row, in its order. */
public record Scored(List<Reward> rewards) implements Verdict {

  public Scored {
    rewards = List.copyOf(rewards);
  }
}
