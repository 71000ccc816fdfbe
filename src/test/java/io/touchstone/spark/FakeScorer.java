package io.touchstone.spark;

import io.touchstone.batch.SegmentTree;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tokens are characters, the reward is a hash of them; a text over 1,000 tokens is rejected. */
record FakeScorer(int loadTokens, String failing) implements Scorer {

  @Override
  public Preparation prepare(List<Conversation> conversations) {
    List<int[]> prompts = new ArrayList<>();
    for (Conversation conversation : conversations) {
      String text =
          conversation.turns().stream().map(Turn::text).collect(Collectors.joining("\u0001"));
      if (!failing.isEmpty() && text.contains(failing)) {
        throw new ScorerException("scorer: expected to live, found its end", new EngineFailure());
      }
      int[] ids = text.codePoints().toArray();
      if (ids.length > 1_000) {
        return new Preparation.Unpreparable(
            new Rejected("too-many-tokens", "expected at most 1000 tokens, found " + ids.length));
      }
      prompts.add(ids);
    }
    return new PreparedRow(apart(prompts), prompts.stream().map(ids -> ids.length).toList(), 0);
  }

  /** Each conversation one segment. */
  static SegmentTree apart(List<int[]> prompts) {
    int[] parents = new int[prompts.size()];
    Arrays.fill(parents, -1);
    return new SegmentTree(prompts, parents, IntStream.range(0, prompts.size()).toArray());
  }

  @Override
  public LoadResult score(List<PreparedRow> rows) {
    List<Verdict> verdicts = new ArrayList<>();
    long tokens = 0;
    for (PreparedRow row : rows) {
      tokens += row.presentedTokens();
      verdicts.add(
          new Scored(
              row.tree().segments().stream()
                  .map(ids -> new Reward(new float[] {Arrays.hashCode(ids) % 1000 / 64f}))
                  .toList()));
    }
    return new LoadResult(verdicts, tokens, 1);
  }

  @Override
  public void close() {}

  /** Cannot be sent to the driver, as many an engine's exceptions cannot. */
  private static final class EngineFailure extends Exception {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused")
    private final Object handle = new Object();
  }
}
