package io.touchstone.scoring;

import java.io.Serializable;

/** The recipe for a scorer: small, and shipped to executors in place of the model. */
public interface ScorerFactory extends Serializable {

  ModelDescription model();

  /**
   * Reads the model.
   *
   * @throws ScorerException if the model is not what this factory was made from, or cannot be read
   */
  Scorer open();
}
