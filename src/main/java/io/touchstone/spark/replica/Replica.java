package io.touchstone.spark.replica;

import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.LoadedModel;
import io.touchstone.scoring.ModelFactory;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process has of a model at a place, of which there is one: opened by the first task that
 * needs it, shared by all tasks of that place, closed when the process ends.
 */
public final class Replica<M extends LoadedModel> {

  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
  private static final ConcurrentHashMap<Key, Replica<?>> OF_THIS_PROCESS =
      new ConcurrentHashMap<>();

  private record Key(Record model, ReplicaDevice place) {}

  private final ReplicaDevice place;
  private final Optional<GivenGpu> given;
  private final Trying<M> trying;
  private final AtomicLong unreportedLoadNanos = new AtomicLong();
  private @Nullable M model;

  /** Makes a model of one that was opened and that nobody has seen to give anything. */
  @FunctionalInterface
  public interface Trying<M> {

    /**
     * @param nanos to which the time that it takes is added
     */
    M tried(M opened, ReplicaDevice place, AtomicLong nanos);
  }

  private Replica(ReplicaDevice place, Optional<GivenGpu> given, Trying<M> trying) {
    this.place = place;
    this.given = given;
    this.trying = trying;
  }

  /**
   * The replica for the task that asks: a scorer that is seen to score before it is used.
   *
   * @throws io.touchstone.scoring.ScorerException if the task lacks what the model is to run on
   */
  public static Replica<Scorer> of(ScorerFactory factory) {
    return of(factory, TriedScorer::new);
  }

  /** Opens the scorer of whatever process it comes to. */
  public static Preflight.Opening opening(ScorerFactory factory) {
    return () -> of(factory).model(factory);
  }

  /**
   * Begins to open the scorer of this process, in a thread of its own, while Spark starts in it:
   * the first task then finds it open, or waits for it. What goes wrong here goes wrong for that
   * task as well, which tries anew and tells.
   */
  public static void ahead(ScorerFactory factory) {
    Thread opening =
        new Thread(
            () -> {
              try {
                of(factory).model(factory);
              } catch (RuntimeException | LinkageError e) {
                LOG.debug("not opened ahead", e);
              }
            },
            "touchstone-open");
    opening.setDaemon(true);
    opening.start();
  }

  /**
   * The replica for the task that asks.
   *
   * @param trying the same for all tasks
   * @throws io.touchstone.scoring.ScorerException if the task lacks what the model is to run on
   */
  @SuppressWarnings("unchecked") // what stands under a model's identity came from its own factory
  public static <M extends LoadedModel> Replica<M> of(ModelFactory<M> factory, Trying<M> trying) {
    Optional<GivenGpu> given = TaskGpu.given();
    ReplicaDevice place = factory.place(given);
    return (Replica<M>)
        OF_THIS_PROCESS.computeIfAbsent(
            new Key(factory.identity(), place), key -> new Replica<>(place, given, trying));
  }

  /**
   * The model; other tasks wait while one opens it. That it gives something is seen when it is
   * asked to be ready.
   *
   * @throws io.touchstone.scoring.ScorerException if it cannot be opened; the next call tries anew
   */
  public synchronized M model(ModelFactory<M> factory) {
    if (model == null) {
      long start = System.nanoTime();
      M opened = factory.open(place);
      long nanos = System.nanoTime() - start;
      unreportedLoadNanos.addAndGet(nanos);
      LOG.info(opening(factory.told(), nanos));
      closeAtEnd(opened);
      model = trying.tried(opened, place, unreportedLoadNanos);
    }
    return model;
  }

  private static void closeAtEnd(LoadedModel opened) {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(opened::close, "touchstone-close"));
    } catch (IllegalStateException e) {
      // The process ends while the model was being opened.
      opened.close();
      throw e;
    }
  }

  private String opening(String told, long nanos) {
    SparkEnv spark = SparkEnv.get();
    return String.format(
        Locale.ROOT,
        "executor %s on %s: replica of %s on %s%s, opened in %.1f s",
        spark == null ? "none" : spark.executorId(),
        host(spark),
        told,
        place.word(),
        gpu(),
        nanos / 1e9);
  }

  /** Unknown while Spark starts in this process. */
  private static String host(@Nullable SparkEnv spark) {
    BlockManagerId manager = spark == null ? null : spark.blockManager().blockManagerId();
    return manager == null ? "this machine" : manager.host();
  }

  private String gpu() {
    String use = place instanceof ReplicaDevice.Cuda ? "" : " stays idle";
    return given.map(gpu -> ", the GPU " + gpu.address() + " that Spark gave" + use).orElse("");
  }

  /** As {@link LoadedModel#keepsBits}; true as long as there is no model. */
  public synchronized boolean keepsBits() {
    return model == null || model.keepsBits();
  }

  /**
   * Looks whether this process has computed with the model alone.
   *
   * @throws io.touchstone.scoring.ScorerException naming what has become of it
   */
  public static void confirm(ModelFactory<?> factory) {
    OF_THIS_PROCESS.forEach(
        (key, replica) -> {
          if (key.model.equals(factory.identity())) {
            replica.confirm();
          }
        });
  }

  private synchronized void confirm() {
    if (model != null) {
      model.confirm();
    }
  }

  /** Time spent on opening, for the first who asks; 0 for all others. */
  public long takeLoadNanos() {
    return unreportedLoadNanos.getAndSet(0);
  }
}
