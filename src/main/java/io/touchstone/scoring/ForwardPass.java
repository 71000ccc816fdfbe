package io.touchstone.scoring;

import io.touchstone.batch.PackedLoad;
import java.util.Optional;

/** A model's arithmetic: ints in, floats out. One load at a time. */
public interface ForwardPass extends AutoCloseable {

  /**
   * Runs one load.
   *
   * <p>A conversation's reward has the same bits whatever else is in the load.
   *
   * @return one row for each read-out of the load, in its order, of {@link #outputs()} values
   * @throws ScorerException if the arithmetic fails
   */
  float[][] score(PackedLoad load);

  /**
   * Runs a load through some layers, one after another.
   *
   * @param load with at least one read-out
   * @return what all layers would cost; empty if that cannot be told
   */
  default Optional<LoadCost> measure(PackedLoad load) {
    return Optional.empty();
  }

  /** Values for each read-out. */
  int outputs();

  /** How large loads may be. */
  MemoryPlan memory();

  @Override
  void close();
}
