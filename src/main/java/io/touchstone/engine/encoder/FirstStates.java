package io.touchstone.engine.encoder;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.PackedLoad;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Encoder;
import io.touchstone.engine.program.EncoderShape;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import java.util.List;

/**
 * The last layer where each row's first state alone is read: of all other tokens only keys and
 * values are needed.
 */
final class FirstStates {
  private final Machine machine;
  private final Encoder program;
  private final Encoder.Load load;
  private final Encoder.Firsts firsts;

  /** Parts of the rows, each of as many as a product needs. */
  private final List<Rows> parts;

  FirstStates(
      PackedLoad packed,
      Encoder.Load load,
      EncoderShape shape,
      PtNDManager owner,
      Machine machine) {
    this.machine = machine;
    this.program = machine.program().encoder();
    this.load = load;
    int rows = filled(packed.segments());
    long[] tokens = new long[rows];
    for (int r = 0; r < rows; r++) {
      tokens[r] = packed.starts()[Math.min(r, packed.segments() - 1)];
    }
    int type = Precision.FP32.torchType();
    this.firsts =
        new Encoder.Firsts(
            machine.numbers(owner, tokens),
            machine.buffer(owner, type, rows, shape.wideHeads()),
            machine.buffer(owner, type, rows, shape.wideHeads()),
            machine.buffer(owner, type, rows, shape.config().hiddenSize()));
    this.parts = Rows.cut(rows, 4 * Kernels.LEAST_ROWS);
  }

  /** So many rows that they are whole parts, whatever the number of a load's rows. */
  static int filled(int rows) {
    return (rows + Kernels.LEAST_ROWS - 1) / Kernels.LEAST_ROWS * Kernels.LEAST_ROWS;
  }

  /** Queries of all rows, for which the weights must be there. */
  void queries(LayerWeights weights, Encoder.Layer layer) {
    machine
        .workers()
        .run(
            EncoderForwardPass.tasks(
                parts, part -> program.firstQueries(weights, load, layer, firsts, part)));
  }

  /** What they see, a task for each batch. */
  List<Runnable> looks(LayerWeights weights, Encoder.Layer layer, List<RowBatch> batches) {
    return EncoderForwardPass.tasks(
        batches,
        batch ->
            program.firstLooks(
                weights,
                load,
                layer,
                firsts,
                batch.tokens(),
                batch.lengths(),
                batch.segments().first()));
  }

  /** What is behind attention. */
  void finish(LayerWeights weights, Encoder.Layer layer) {
    machine
        .workers()
        .run(
            EncoderForwardPass.tasks(
                parts, part -> program.firstStates(weights, load, layer, firsts, part)));
  }

  /** States of rows, [rows and more, hidden size]. */
  PtNDArray states() {
    return firsts.states();
  }
}
