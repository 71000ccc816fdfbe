package io.touchstone.generation;

import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.ReplicaDevice;
import java.io.Serializable;
import java.util.Optional;

/** The recipe for a generator: small, and shipped to executors in place of the model. */
public interface GeneratorFactory extends Serializable {

  GeneratorDescription description();

  /** What sequences would take of this machine's memory; empty where they take none. */
  Optional<GenerationMemory> memory();

  /**
   * Where a task runs the model; tasks of a process that have the same place share a replica.
   *
   * @throws io.touchstone.scoring.ScorerException if the task lacks what the model is to run on
   */
  default ReplicaDevice place(Optional<GivenGpu> given) {
    return new ReplicaDevice.Cpu();
  }

  /**
   * Reads the model.
   *
   * @throws io.touchstone.scoring.ScorerException if it is not what this factory was made from, or
   *     cannot be read
   */
  Generator open(ReplicaDevice place);

  /** Reads the model in a process that no scheduler has given anything. */
  default Generator open() {
    return open(new ReplicaDevice.Cpu());
  }
}
