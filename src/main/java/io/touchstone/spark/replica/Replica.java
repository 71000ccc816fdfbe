package io.touchstone.spark.replica;

import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one scorer of this process for a model and a place: opened by the first task that needs it,
 * shared by all tasks of that place, closed when the process ends.
 */
public final class Replica {

  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
  private static final ConcurrentHashMap<Key, Replica> OF_THIS_PROCESS = new ConcurrentHashMap<>();

  private record Key(ModelDescription model, ReplicaDevice place) {}

  private final ReplicaDevice place;
  private final Optional<GivenGpu> given;
  private final AtomicLong unreportedLoadNanos = new AtomicLong();
  private @Nullable Scorer scorer;

  private Replica(ReplicaDevice place, Optional<GivenGpu> given) {
    this.place = place;
    this.given = given;
  }

  /**
   * The replica for the task that asks.
   *
   * @throws io.touchstone.scoring.ScorerException if the task lacks what the model is to run on
   */
  public static Replica of(ScorerFactory factory) {
    Optional<GivenGpu> given = TaskGpu.given();
    ReplicaDevice place = factory.place(given);
    return OF_THIS_PROCESS.computeIfAbsent(
        new Key(factory.model(), place), key -> new Replica(place, given));
  }

  /**
   * The scorer; other tasks wait while one opens it. That it scores is seen when it is asked to be
   * ready.
   *
   * @throws io.touchstone.scoring.ScorerException if it cannot be opened; the next call tries anew
   */
  public synchronized Scorer scorer(ScorerFactory factory) {
    if (scorer == null) {
      long start = System.nanoTime();
      Scorer opened = factory.open(place);
      long nanos = System.nanoTime() - start;
      unreportedLoadNanos.addAndGet(nanos);
      LOG.info(opening(factory.model(), nanos));
      Runtime.getRuntime().addShutdownHook(new Thread(opened::close, "touchstone-close"));
      scorer = new TriedScorer(opened, place, unreportedLoadNanos);
    }
    return scorer;
  }

  private String opening(ModelDescription model, long nanos) {
    SparkEnv spark = SparkEnv.get();
    return String.format(
        Locale.ROOT,
        "executor %s on %s: replica of %s (%s) on %s%s, opened in %.1f s",
        spark == null ? "none" : spark.executorId(),
        spark == null ? "this machine" : spark.blockManager().blockManagerId().host(),
        model.path(),
        model.precision(),
        place.word(),
        gpu(),
        nanos / 1e9);
  }

  private String gpu() {
    String use = place instanceof ReplicaDevice.Cuda ? "" : " stays idle";
    return given.map(gpu -> ", the GPU " + gpu.address() + " that Spark gave" + use).orElse("");
  }

  /** As {@link Scorer#keepsBits}; true as long as there is no scorer. */
  public synchronized boolean keepsBits() {
    return scorer == null || scorer.keepsBits();
  }

  /**
   * Looks whether this process has scored with the model alone.
   *
   * @throws io.touchstone.scoring.ScorerException naming what has become of it
   */
  public static void confirm(ScorerFactory factory) {
    OF_THIS_PROCESS.forEach(
        (key, replica) -> {
          if (key.model.equals(factory.model())) {
            replica.confirm();
          }
        });
  }

  private synchronized void confirm() {
    if (scorer != null) {
      scorer.confirm();
    }
  }

  /** Time spent on opening, for the first who asks; 0 for all others. */
  public long takeLoadNanos() {
    return unreportedLoadNanos.getAndSet(0);
  }
}
