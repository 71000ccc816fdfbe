package io.touchstone.spark;

import io.touchstone.conversation.Conversation;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Another factory's scorers, with something that happens before what they do. The same model, read
 * from elsewhere: a replica of its own.
 */
public record InterposedScorers(ScorerFactory of, Interposed interposed) implements ScorerFactory {

  public interface Interposed extends Serializable {

    default void beforePreparing(List<Conversation> conversations) {}

    void beforeScoring(List<PreparedRow> load);

    default LoadResult afterScoring(LoadResult result) {
      return result;
    }
  }

  @Override
  public ModelDescription model() {
    ModelDescription model = of.model();
    return new ModelDescription(
        "/models/interposed",
        model.fingerprint(),
        model.architecture(),
        model.attributes(),
        model.maxTokens(),
        model.prompt(),
        model.templateDate(),
        model.precision(),
        model.head(),
        model.reading());
  }

  @Override
  public Optional<MemoryPlan> memory() {
    return of.memory();
  }

  @Override
  public Scorer open(ReplicaDevice place) {
    return new InterposedScorer(of.open(place), interposed);
  }

  private record InterposedScorer(Scorer of, Interposed interposed) implements Scorer {

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      interposed.beforePreparing(conversations);
      return of.prepare(conversations);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      interposed.beforeScoring(rows);
      return interposed.afterScoring(of.score(rows));
    }

    @Override
    public void confirm() {
      of.confirm();
    }

    @Override
    public SortedMap<String, String> mappedFiles() {
      return of.mappedFiles();
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
