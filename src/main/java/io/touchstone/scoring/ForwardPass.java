package io.touchstone.scoring;

import io.touchstone.batch.PackedLoad;

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

  /** Values for each read-out. */
  int outputs();

  /** How large loads may be. */
  MemoryPlan memory();

  @Override
  void close();
}
