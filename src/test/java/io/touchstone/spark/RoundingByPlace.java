package io.touchstone.spark;

import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import java.util.ArrayList;
import java.util.List;

/** A processor on which the last bits of a row's scores follow its place in the load. */
record RoundingByPlace() implements InterposedScorers.Interposed {

  @Override
  public void beforeScoring(List<PreparedRow> load) {}

  @Override
  public LoadResult afterScoring(LoadResult result) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Verdict verdict : result.verdicts()) {
      boolean isOdd = verdicts.size() % 2 == 1;
      verdicts.add(isOdd && verdict instanceof Scored scored ? nextBits(scored) : verdict);
    }
    return new LoadResult(verdicts, result.computedTokens(), result.forwardNanos());
  }

  private static Scored nextBits(Scored scored) {
    List<Reward> rewards = new ArrayList<>();
    for (Reward reward : scored.rewards()) {
      float[] values = reward.values().clone();
      values[0] = Math.nextUp(values[0]);
      rewards.add(new Reward(values));
    }
    return new Scored(rewards);
  }
}
