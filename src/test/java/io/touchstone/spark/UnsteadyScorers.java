package io.touchstone.spark;

import io.touchstone.conversation.Conversation;
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
 * Another factory's scorers on a processor that rounds by a row's place in its load. The same
 * model, read from elsewhere: a replica of its own.
 */
record UnsteadyScorers(ScorerFactory of) implements ScorerFactory {

  @Override
  public ModelDescription model() {
    ModelDescription model = of.model();
    return new ModelDescription(
        "/models/unsteady",
        model.fingerprint(),
        model.architecture(),
        model.attributes(),
        model.maxTokens(),
        model.prompt(),
        model.templateDate(),
        model.precision(),
        model.head());
  }

  @Override
  public Optional<MemoryPlan> memory() {
    return of.memory();
  }

  @Override
  public Scorer open(ReplicaDevice place) {
    return new Unsteady(of.open(place));
  }

  private record Unsteady(Scorer of) implements Scorer {

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      return of.prepare(conversations);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      LoadResult steady = of.score(rows);
      List<Verdict> verdicts = new ArrayList<>();
      for (Verdict verdict : steady.verdicts()) {
        boolean isOdd = verdicts.size() % 2 == 1;
        verdicts.add(isOdd && verdict instanceof Scored scored ? nextBits(scored) : verdict);
      }
      return new LoadResult(verdicts, steady.computedTokens(), steady.forwardNanos());
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

    @Override
    public int loadTokens() {
      return of.loadTokens();
    }

    @Override
    public void close() {
      of.close();
    }
  }
}
