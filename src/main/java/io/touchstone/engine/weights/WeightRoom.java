package io.touchstone.engine.weights;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Hybrid;
import io.touchstone.engine.program.Machine;

/**
 * Memory for one layer of a hybrid and the ways into it. Matrices of all kinds lie in one buffer,
 * as a layer is of one kind at a time.
 */
final class WeightRoom {
  private final StoredWeights stored;
  private final Machine machine;
  private final Hybrid program;
  private final PtNDArray matrices;
  private final PtNDArray none;

  /**
   * @param numbers in the matrices of the largest layer
   */
  WeightRoom(StoredWeights stored, Machine machine, long numbers) {
    this.stored = stored;
    this.machine = machine;
    this.program = machine.program().hybrid();
    this.matrices = machine.buffer(machine.device(), machine.processor().matrixType(), numbers);
    this.none = vector(0);
  }

  Precision precision() {
    return machine.processor().precision();
  }

  PtNDArray none() {
    return none;
  }

  PtNDArray matrices() {
    return matrices;
  }

  /** A matrix at a place in the common memory. */
  PtNDArray matrix(long first, long rows, long columns) {
    return program.part(machine.device(), matrices, first, rows, columns);
  }

  /** Numbers of fp32 in memory of their own. */
  PtNDArray vector(long numbers) {
    return machine.buffer(machine.device(), Precision.FP32.torchType(), numbers);
  }

  /** Numbers of fp32 if there are any. */
  PtNDArray vectorIf(boolean there, long numbers) {
    return there ? vector(numbers) : none;
  }

  /** A vector in another shape. */
  PtNDArray shaped(PtNDArray vector, long... sizes) {
    return vector == none ? none : program.part(machine.device(), vector, 0, sizes);
  }

  /** A tensor as it is stored. */
  PtNDArray stored(String name) {
    return stored.tensor(name);
  }

  /** Brings a stored matrix, as products take it. */
  Runnable matrix(PtNDArray into, int row, String name, PtNDArray folded) {
    PtNDArray tensor = stored.tensor(name);
    return () -> machine.program().widen(into, row, tensor, precision(), folded);
  }

  /** Brings some rows of a stored matrix, as products take them. */
  Runnable rows(PtNDArray into, int row, String name, Rows rows, PtNDArray folded) {
    PtNDArray tensor = stored.tensor(name);
    return () -> program.widenPart(into, row, tensor, rows, precision(), folded);
  }

  /** Brings a stored vector, whatever the precision of products. */
  Runnable vector(PtNDArray into, String name) {
    PtNDArray tensor = stored.tensor(name);
    return () -> machine.program().widen(into, 0, tensor, Precision.FP32, none);
  }

  /** Brings a part of a stored vector. */
  Runnable part(PtNDArray into, int first, String name, Rows part) {
    PtNDArray tensor = stored.tensor(name);
    return () -> program.widenPart(into, first, tensor, part, Precision.FP32, none);
  }

  /** Brings some channels of a stored convolution into the columns of a group. */
  Runnable taps(PtNDArray into, int group, int column, String name, Rows channels) {
    PtNDArray tensor = stored.tensor(name);
    return () -> program.widenTaps(into, group, column, tensor, channels);
  }
}
