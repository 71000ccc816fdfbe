package io.touchstone.jobs.annotate;

import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.VoteField;
import io.touchstone.reward.Votes;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A reward that no model gave, which shows how rewards are written. */
public final class ExampleReward {

  private ExampleReward() {}

  /**
   * @param names of the attributes, or of what a row is judged by in their place
   * @param score for each of them
   */
  public static Reward of(RewardText text, int names, float score) {
    // Of several steps: a list shows what its column holds.
    int values = text.steps() == null ? names : 2;
    float[] scores = new float[values];
    Arrays.fill(scores, score);
    // Where votes have a spread they are several.
    int texts = text.voteFields().contains(VoteField.SPREAD) ? 2 : 1;
    List<Votes> votes =
        text.voteFields().isEmpty()
            ? List.of()
            : Collections.nCopies(
                values, new Votes(0.5f, 0, 0, Collections.nCopies(texts, "text")));
    return new Reward(scores, votes);
  }
}
