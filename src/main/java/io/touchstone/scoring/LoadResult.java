package io.touchstone.scoring;

import io.touchstone.reward.Verdict;
import java.util.List;

/**
 * What one load gave.
 *
 * @param verdicts one for each row of the load, in its order
 * @param computedTokens tokens that went through the model: each distinct one once
 */
public record LoadResult(List<Verdict> verdicts, long computedTokens, long forwardNanos) {

  public LoadResult {
    verdicts = List.copyOf(verdicts);
  }
}
