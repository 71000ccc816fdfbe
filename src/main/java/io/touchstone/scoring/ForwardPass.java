package io.touchstone.scoring;

import io.touchstone.batch.PackedLoad;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

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

  /**
   * Looks whether the model still is what was opened: if it returns, all that was scored until now
   * is that model's.
   *
   * @throws ScorerException naming what has become of it
   */
  default void confirm() {}

  /**
   * The files that are read as long as the model is open, by path, each with what identified it
   * when it was opened; whoever cuts one of them short ends this process.
   */
  default SortedMap<String, String> mappedFiles() {
    return Collections.emptySortedMap();
  }

  /** What becomes of the values at a prompt's read-outs. */
  default PlaceJoin join() {
    return PlaceJoin.ONE;
  }

  /** Values for each read-out. */
  int outputs();

  /** How large loads may be. */
  MemoryPlan memory();

  @Override
  void close();
}
