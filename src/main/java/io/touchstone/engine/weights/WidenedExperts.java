package io.touchstone.engine.weights;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.checkpoint.config.Experts;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Machine;

/**
 * Memory for a layer's experts, one below the other.
 *
 * @param router fp32, [experts and rows of zeros, hidden size]
 * @param gateUp of each expert both, [experts * 2 * inner, hidden size]
 * @param down [experts * hidden size, inner]
 */
record WidenedExperts(Experts experts, PtNDArray router, PtNDArray gateUp, PtNDArray down) {

  /** A product with fewer columns has other bits at other rows on some processors. */
  private static final int COLUMNS = 16;

  WidenedExperts(Experts experts, long hidden, Machine machine) {
    this(
        experts,
        machine.buffer(machine.device(), Precision.FP32.torchType(), columns(experts), hidden),
        matrices(machine, 2L * experts.count() * experts.inner(), hidden),
        matrices(machine, experts.count() * hidden, experts.inner()));
  }

  /** Numbers in the matrices of a layer's experts. */
  static long numbers(Experts experts, long hidden) {
    return (3L * experts.count() * experts.inner() + columns(experts)) * hidden;
  }

  private static long columns(Experts experts) {
    return (experts.count() + COLUMNS - 1L) / COLUMNS * COLUMNS;
  }

  private static PtNDArray matrices(Machine machine, long rows, long columns) {
    return machine.buffer(machine.device(), machine.processor().matrixType(), rows, columns);
  }
}
