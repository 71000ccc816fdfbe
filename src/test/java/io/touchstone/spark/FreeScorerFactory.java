package io.touchstone.spark;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model that costs nothing: neither template nor tokenizer nor arithmetic, but as many tokens in
 * memory as a real one has.
 */
record FreeScorerFactory() implements ScorerFactory {

  private static final int CHARS_PER_TOKEN = 4;

  /** What {@code scorer.load-tokens} is where memory allows. */
  private static final int LOAD_TOKENS = 16_384;

  @Override
  public Optional<MemoryPlan> memory() {
    return Optional.empty();
  }

  @Override
  public ModelDescription model() {
    return FakeScorerFactory.named("benchmark").model();
  }

  @Override
  public Scorer open(ReplicaDevice place) {
    return new Free();
  }

  private record Free() implements Scorer {

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      List<int[]> prompts = new ArrayList<>();
      for (Conversation conversation : conversations) {
        int chars = 0;
        for (Turn turn : conversation.turns()) {
          chars += turn.text().length();
        }
        prompts.add(new int[1 + chars / CHARS_PER_TOKEN]);
      }
      return new PreparedRow(
          FakeScorer.apart(prompts), prompts.stream().map(ids -> ids.length).toList(), 0);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      List<Verdict> verdicts = new ArrayList<>();
      long tokens = 0;
      for (PreparedRow row : rows) {
        tokens += row.distinctTokens();
        verdicts.add(new Scored(row.promptTokens().stream().map(Free::reward).toList()));
      }
      return new LoadResult(verdicts, tokens, 0);
    }

    private static Reward reward(int tokens) {
      return new Reward(new float[] {tokens % 1_000 / 64f});
    }

    @Override
    public int loadTokens() {
      return LOAD_TOKENS;
    }

    @Override
    public void close() {}
  }
}
