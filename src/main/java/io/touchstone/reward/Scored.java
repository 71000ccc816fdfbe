package io.touchstone.reward;

import java.util.ArrayList;
import java.util.List;

/** One reward for each conversation of the row, or for each of its prompts, in their order. */
public record Scored(List<Reward> rewards) implements Verdict {

  public Scored {
    rewards = List.copyOf(rewards);
  }

  /**
   * One reward for each conversation.
   *
   * @param conversations of the row; each has as many prompts, which lie together
   */
  public Scored byConversation(int conversations) {
    if (conversations == 0 && rewards.isEmpty()) {
      return this;
    }
    int prompts = rewards.size() / conversations;
    if (prompts * conversations != rewards.size()) {
      throw new IllegalArgumentException(
          "row: expected as many rewards for each of its "
              + conversations
              + " conversations, found "
              + rewards.size());
    }
    if (prompts == 1) {
      return this;
    }
    List<Reward> joined = new ArrayList<>();
    for (int first = 0; first < rewards.size(); first += prompts) {
      joined.add(Reward.joined(rewards.subList(first, first + prompts)));
    }
    return new Scored(joined);
  }
}
