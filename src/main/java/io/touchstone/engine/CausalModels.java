package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.scoring.ScorerException;

/** Causal models by their family. */
final class CausalModels {

  private CausalModels() {}

  /**
   * What sequences take of the memory of this machine.
   *
   * @throws IllegalArgumentException if not even a short one fits
   */
  static GenerationMemory memory(Checkpoint checkpoint, GenerationEngineConfig.Run run) {
    throw new ScorerException("generation: expected a family that generates, found none yet");
  }

  /**
   * Opens the model of a folder.
   *
   * @throws ScorerException if it does not fit the memory, or the device is not there
   */
  static CausalModel open(Checkpoint checkpoint, Processor processor, Resources resources) {
    throw new ScorerException("generation: expected a family that generates, found none yet");
  }
}
