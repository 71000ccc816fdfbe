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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The fake scorer, with a test that looks on before each load. The same model to a ledger, and
 * another replica.
 */
record HookedScorers(FakeScorerFactory of) implements ScorerFactory {

  private static final Map<String, IntConsumer> HOOKS = new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> PREPARED = new ConcurrentHashMap<>();

  /**
   * @param beforeScoring is told how many rows there are in the load
   */
  static HookedScorers of(FakeScorerFactory of, IntConsumer beforeScoring) {
    HOOKS.put(of.fingerprint(), beforeScoring);
    PREPARED.put(of.fingerprint(), new AtomicInteger());
    return new HookedScorers(of);
  }

  static int prepared(String fingerprint) {
    return PREPARED.getOrDefault(fingerprint, new AtomicInteger()).get();
  }

  @Override
  public ModelDescription model() {
    ModelDescription model = of.model();
    return new ModelDescription(
        "/models/hooked",
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
  public Scorer open(Place place) {
    return new Hooked(of.open(place), of.fingerprint());
  }

  private record Hooked(Scorer of, String name) implements Scorer {

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      PREPARED.get(name).incrementAndGet();
      return of.prepare(conversations);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      HOOKS.get(name).accept(rows.size());
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
