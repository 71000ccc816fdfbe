package io.touchstone.spark;

import io.touchstone.conversation.Conversation;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Another factory's scorers, with something that happens before each load. */
record InterposedScorers(ScorerFactory of, Interposed interposed) implements ScorerFactory {

  interface Interposed extends Serializable {
    void before(List<PreparedRow> load);
  }

  @Override
  public ModelDescription model() {
    return of.model();
  }

  @Override
  public Optional<MemoryPlan> memory() {
    return of.memory();
  }

  @Override
  public Scorer open() {
    return new InterposedScorer(of.open(), interposed);
  }

  private record InterposedScorer(Scorer of, Interposed interposed) implements Scorer {

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      return of.prepare(conversations);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      interposed.before(rows);
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
