package io.touchstone.reward;

import java.util.ArrayList;
import java.util.List;

/**
 * One reward for each conversation of the row, or for each place where its prompts are read, in
 * their order.
 */
public record Scored(List<Reward> rewards) implements Verdict {

  public Scored {
    rewards = List.copyOf(rewards);
  }

  /**
   * One reward for each conversation, of all values that were read in its prompts.
   *
   * @param counts how many rewards each conversation has, which lie together
   */
  public Scored byConversation(List<Integer> counts) {
    int all = counts.stream().mapToInt(Integer::intValue).sum();
    if (all != rewards.size()) {
      throw new IllegalArgumentException(
          "row: expected " + all + " rewards for its conversations, found " + rewards.size());
    }
    if (counts.size() == all) {
      return this;
    }
    List<Reward> joined = new ArrayList<>();
    int first = 0;
    for (int count : counts) {
      joined.add(Reward.joined(rewards.subList(first, first + count)));
      first += count;
    }
    return new Scored(joined);
  }
}
