package io.touchstone.scoring;

import java.io.Serializable;
import java.util.Optional;

/** The recipe for a model's replicas: small, and shipped to executors in place of the model. */
public interface ModelFactory<M extends LoadedModel> extends Serializable {

  /** What the replicas are of: equal where they may stand for each other. */
  Record identity();

  /** The model and its precision, as logs name them. */
  String told();

  /**
   * Where a task runs the model; tasks of a process that have the same place share a replica.
   *
   * @param given the GPU that the scheduler gave to the task; empty for none
   * @throws ScorerException if the task lacks what the model is to run on
   */
  default ReplicaDevice place(Optional<GivenGpu> given) {
    return new ReplicaDevice.Cpu();
  }

  /** Whether machines may lack what the arithmetic needs, so that each is asked before a job. */
  default boolean asksMachines() {
    return false;
  }

  /**
   * Looks whether this process's machine has what the arithmetic needs; opens nothing.
   *
   * @throws ScorerException naming what it lacks
   */
  default void checkMachine() {}

  /**
   * Reads the model.
   *
   * @throws ScorerException if the model is not what this factory was made from, or cannot be read,
   *     or if the place is not there
   */
  M open(ReplicaDevice place);

  /** Reads the model in a process that no scheduler has given anything. */
  default M open() {
    return open(new ReplicaDevice.Cpu());
  }
}
