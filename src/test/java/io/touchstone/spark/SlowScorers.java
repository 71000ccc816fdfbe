package io.touchstone.spark;

import io.touchstone.conversation.Conversation;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Place;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.util.List;
import java.util.Optional;

/**
 * The fake scorer, with loads that take long enough to die in the middle of one. A row alone takes
 * no time: killed at random, one and the same would else be met twice every hundredth run, and
 * rightly rejected.
 */
record SlowScorers(FakeScorerFactory of, long loadMillis) implements ScorerFactory {

  @Override
  public ModelDescription model() {
    return of.model();
  }

  @Override
  public Optional<MemoryPlan> memory() {
    return of.memory();
  }

  @Override
  public Scorer open(Place place) {
    return new Slow(of.open(place), loadMillis);
  }

  private record Slow(Scorer of, long loadMillis) implements Scorer {

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      return of.prepare(conversations);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      try {
        Thread.sleep(rows.size() > 1 ? loadMillis : 0);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return of.score(rows);
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
