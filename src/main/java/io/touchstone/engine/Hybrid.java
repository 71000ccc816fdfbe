package io.touchstone.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.batch.ScanPlan;

/**
 * The program's part hybrid.py: a method for each of its own that is called from here, under its
 * name, as {@link Decoder} is for the first part.
 */
record Hybrid(TorchProgram program) {

  PtNDArray part(PtNDManager owner, PtNDArray buffer, long first, long... sizes) {
    return program.tensor(owner, "part", buffer, first, sizes);
  }

  void widenPart(
      PtNDArray into, int row, PtNDArray stored, Rows rows, Precision precision, PtNDArray norm) {
    program.run(
        "widen_part", into, row, stored, rows.first(), rows.end(), precision.torchType(), norm);
  }

  void widenTaps(PtNDArray into, int group, int column, PtNDArray stored, Rows channels) {
    program.run("widen_taps", into, group, column, stored, channels.first(), channels.end());
  }

  void squaredMlp(LayerWeights weights, PtNDArray hidden, Rows tokens, MambaShape shape) {
    program.run(
        "squared_mlp",
        hidden,
        tokens.first(),
        tokens.end(),
        weights.tensors(),
        shape.processor().precision().torchType(),
        shape.eps());
  }

  void mambaIn(
      LayerWeights weights, PtNDArray hidden, Rows tokens, MambaShape shape, PtNDArray table) {
    program.run(
        "mamba_in",
        hidden,
        tokens.first(),
        tokens.end(),
        weights.tensors(),
        shape.processor().precision().torchType(),
        shape.eps(),
        table);
  }

  void mambaChunks(
      LayerWeights weights, PtNDArray table, int group, MambaShape shape, ScanPlan plan) {
    program.run(
        "mamba_chunks",
        table,
        group,
        weights.tensors(),
        shape.numbers(),
        shape.eps(),
        shape.leastStep(),
        plan.numbers(),
        plan.states());
  }

  void mambaOut(
      LayerWeights weights, PtNDArray hidden, Rows tokens, MambaShape shape, PtNDArray table) {
    program.run(
        "mamba_out",
        hidden,
        tokens.first(),
        tokens.end(),
        weights.tensors(),
        shape.numbers(),
        table);
  }
}
