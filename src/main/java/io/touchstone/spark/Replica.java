package io.touchstone.spark;

import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one scorer of this process for a model: opened by the first task that needs it, shared by all
 * tasks, closed when the process ends.
 */
final class Replica {

  private static final ConcurrentHashMap<ModelDescription, Replica> OF_THIS_PROCESS =
      new ConcurrentHashMap<>();

  private final AtomicLong unreportedLoadNanos = new AtomicLong();
  private @Nullable Scorer scorer;

  private Replica() {}

  static Replica of(ModelDescription model) {
    return OF_THIS_PROCESS.computeIfAbsent(model, key -> new Replica());
  }

  /**
   * The scorer; other tasks wait while one opens it. That it scores is seen when it is asked to be
   * ready.
   *
   * @throws io.touchstone.scoring.ScorerException if it cannot be opened; the next call tries anew
   */
  synchronized Scorer scorer(ScorerFactory factory) {
    if (scorer == null) {
      long start = System.nanoTime();
      Scorer opened = factory.open();
      unreportedLoadNanos.addAndGet(System.nanoTime() - start);
      Runtime.getRuntime().addShutdownHook(new Thread(opened::close, "touchstone-close"));
      scorer = new TriedScorer(opened, unreportedLoadNanos);
    }
    return scorer;
  }

  /** Time spent on opening, for the first who asks; 0 for all others. */
  long takeLoadNanos() {
    return unreportedLoadNanos.getAndSet(0);
  }
}
