package io.touchstone.scoring;

import java.io.Serializable;
import java.util.Optional;

/** The recipe for a scorer: small, and shipped to executors in place of the model. */
public interface ScorerFactory extends Serializable {

  ModelDescription model();

  /** How the scorer would use the memory of this machine; empty if it takes none to speak of. */
  Optional<MemoryPlan> memory();

  /** What the model's arithmetic amounts to; empty if it is not known. */
  default Optional<ModelWork> work() {
    return Optional.empty();
  }

  /**
   * Reads the model.
   *
   * @throws ScorerException if the model is not what this factory was made from, or cannot be read
   */
  Scorer open();
}
