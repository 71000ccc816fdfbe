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
   * Where a task runs the model; tasks of a process that have the same place share a replica.
   *
   * @param given the GPU that the scheduler gave to the task; empty for none
   * @throws ScorerException if the task lacks what the model is to run on
   */
  default ReplicaDevice place(Optional<GivenGpu> given) {
    return new ReplicaDevice.Cpu();
  }

  /**
   * Reads the model.
   *
   * @throws ScorerException if the model is not what this factory was made from, or cannot be read,
   *     or if the place is not there
   */
  Scorer open(ReplicaDevice place);

  /** Reads the model in a process that no scheduler has given anything. */
  default Scorer open() {
    return open(new ReplicaDevice.Cpu());
  }
}
