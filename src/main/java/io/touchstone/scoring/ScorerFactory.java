package io.touchstone.scoring;

import java.util.Optional;

/** The recipe for a scorer. */
public interface ScorerFactory extends ModelFactory<Scorer> {

  ModelDescription model();

  /** How the scorer would use the memory of this machine; empty if it takes none to speak of. */
  Optional<MemoryPlan> memory();

  /** What the model's arithmetic amounts to; empty if it is not known. */
  default Optional<ModelWork> work() {
    return Optional.empty();
  }

  /** What this process has seen to be faster; empty where nothing is, or nothing was scored. */
  default Optional<FasterProducts> faster() {
    return Optional.empty();
  }

  /** The most tokens that are written on the way to one prompt's score; 0 where none are. */
  default long mostWritten() {
    return 0;
  }

  @Override
  default Record identity() {
    return model();
  }

  @Override
  default String told() {
    return model().path() + " (" + model().precision() + ")";
  }
}
