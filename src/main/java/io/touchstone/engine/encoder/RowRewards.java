package io.touchstone.engine.encoder;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.PackedLoad;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.EncoderHead;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.program.Machine;
import java.nio.FloatBuffer;

/** From last states to outputs: what is pooled of a row, a square layer, the output layer. */
record RowRewards(
    EncoderConfig config, EncoderHeadLayer layer, OutputLayer output, Machine machine) {

  /** Rows whose states are in memory together. */
  static final int ROWS_AT_ONCE = 1_024;

  /** What stands in the table of states. */
  enum States {
    /** A row for each token of the load. */
    OF_TOKENS,
    /** One for each of its rows: their first ones' alone. */
    OF_ROWS
  }

  /** One for each read-out of the load. */
  float[][] rewards(PackedLoad load, States kind, PtNDArray states, PtNDManager owner) {
    float[][] ofRows = new float[load.segments()][];
    for (Rows together : Rows.cut(load.segments(), ROWS_AT_ONCE)) {
      try (PtNDManager own = machine.deviceForAWhile(owner)) {
        read(pooled(load, kind, states, together, own), together, ofRows);
      }
    }
    float[][] rewards = new float[load.readOuts().length][];
    for (int r = 0; r < rewards.length; r++) {
      rewards[r] = ofRows[load.segmentOf(load.readOuts()[r])];
    }
    return rewards;
  }

  private void read(PtNDArray pooled, Rows together, float[][] ofRows) {
    int filled = FirstStates.filled(together.end() - together.first());
    machine
        .workers()
        .run(
            EncoderForwardPass.tasks(
                Rows.cut(filled, Kernels.LEAST_ROWS), part -> layer.run(pooled, part)));
    float[] flat = pooled.toFloatArray();
    for (int row = together.first(); row < together.end(); row++) {
      ofRows[row] = output.read(flat, (row - together.first()) * config.hiddenSize());
    }
  }

  /** As many as fill whole parts: then each has the bits that it has in any company. */
  private PtNDArray pooled(
      PackedLoad load, States kind, PtNDArray states, Rows together, PtNDManager own) {
    int filled = FirstStates.filled(together.end() - together.first());
    if (config.head().pooling() == EncoderHead.Pooling.MEAN) {
      return means(load, states, together, own);
    }
    long[] rows = new long[filled];
    for (int r = 0; r < filled; r++) {
      int row = Math.min(together.first() + r, together.end() - 1);
      rows[r] = kind == States.OF_ROWS ? row : load.starts()[row];
    }
    return machine.program().passes().chosen(own, states, machine.numbers(own, rows));
  }

  /** Of normed states, in double precision and one fixed order. */
  private PtNDArray means(PackedLoad load, PtNDArray states, Rows together, PtNDManager own) {
    int hidden = config.hiddenSize();
    int filled = FirstStates.filled(together.end() - together.first());
    float[] means = new float[filled * hidden];
    machine
        .workers()
        .run(
            EncoderForwardPass.tasks(
                Rows.cut(together.end() - together.first(), 1),
                row ->
                    mean(
                        load,
                        states,
                        together.first() + row.first(),
                        means,
                        row.first() * hidden)));
    try (PtNDManager host = machine.hostForAWhile()) {
      PtNDArray numbers =
          (PtNDArray)
              host.create(FloatBuffer.wrap(means), new Shape(filled, hidden), DataType.FLOAT32)
                  .duplicate();
      return machine.moved(own, numbers);
    }
  }

  private void mean(PackedLoad load, PtNDArray states, int segment, float[] into, int offset) {
    int hidden = config.hiddenSize();
    float[] normed;
    try (PtNDManager own = machine.deviceForAWhile(machine.device())) {
      PtNDArray rows =
          machine
              .program()
              .passes()
              .rows(own, states, load.starts()[segment], load.starts()[segment + 1]);
      normed = layer.normed(own, rows).toFloatArray();
    }
    for (int i = 0; i < hidden; i++) {
      double sum = 0;
      for (int t = 0; t < load.length(segment); t++) {
        sum += normed[t * hidden + i];
      }
      into[offset + i] = (float) (sum / load.length(segment));
    }
  }
}
