package io.touchstone.engine.program;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.batch.ScanPlan;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.TorchProgram;
import java.util.List;

/**
 * The program's part hybrid.py: a method for each of its own that is called from here, under its
 * name, as {@link Decoder} is for the first part.
 */
public record Hybrid(TorchProgram program) {

  /**
   * Work space of a pass's Mamba layers, one after the other.
   *
   * @param table of the first projection, [rows, G * W]
   * @param mixed what the last one takes, [rows, G * I]
   */
  public record Space(PtNDArray table, PtNDArray mixed) {}

  /**
   * One layer's part, as the program documents it; passes write it anew.
   *
   * @param state [G, N, I]
   * @param window [K - 1, G, M]
   */
  public record Memory(PtNDArray state, PtNDArray window) {}

  /**
   * A token by itself.
   *
   * @param row of it in the pass
   * @param least by which it steps
   */
  public record Single(int row, double least, Memory memory) {}

  public PtNDArray part(PtNDManager owner, PtNDArray buffer, long first, long... sizes) {
    return program.tensor(owner, "part", buffer, first, sizes);
  }

  public void widenPart(
      PtNDArray into, int row, PtNDArray stored, Rows rows, Precision precision, PtNDArray norm) {
    program.run(
        "widen_part", into, row, stored, rows.first(), rows.end(), precision.torchType(), norm);
  }

  public void widenTaps(PtNDArray into, int group, int column, PtNDArray stored, Rows channels) {
    program.run("widen_taps", into, group, column, stored, channels.first(), channels.end());
  }

  public void squaredMlp(LayerWeights weights, PtNDArray hidden, Rows tokens, MambaShape shape) {
    program.run(
        "squared_mlp",
        hidden,
        tokens.first(),
        tokens.end(),
        weights.tensors(),
        shape.processor().precision().torchType(),
        shape.eps());
  }

  public void mambaIn(
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

  public void mambaChunks(
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

  public PtNDArray copied(PtNDManager owner, PtNDArray tensor) {
    return program.tensor(owner, "copied", tensor);
  }

  public void mambaInTiles(
      PtNDArray x, PtNDArray[] weights, int type, double eps, long[] tiles, PtNDArray table) {
    program.run("mamba_in_tiles", x, weights, type, eps, tiles, table);
  }

  public void squaredTiles(
      PtNDArray x, PtNDArray[] weights, int type, double eps, long[] tiles, PtNDArray into) {
    program.run("squared_tiles", x, weights, type, eps, tiles, into);
  }

  public void mambaPiece(
      Space space,
      Rows tokens,
      int position,
      int group,
      PtNDArray[] weights,
      MambaShape shape,
      Memory memory) {
    program.run(
        "mamba_piece",
        space.table(),
        tokens.first(),
        tokens.end(),
        position,
        group,
        weights,
        shape.numbers(),
        shape.eps(),
        shape.leastStep(),
        memory.state(),
        memory.window(),
        space.mixed());
  }

  public void mambaSteps(Space space, List<Single> tokens, PtNDArray[] weights, MambaShape shape) {
    program.run(
        "mamba_steps",
        space.table(),
        tokens.stream().mapToLong(Single::row).toArray(),
        weights,
        shape.numbers(),
        shape.eps(),
        tokens.stream().mapToDouble(Single::least).toArray(),
        tokens.stream().map(token -> token.memory().state()).toArray(PtNDArray[]::new),
        tokens.stream().map(token -> token.memory().window()).toArray(PtNDArray[]::new),
        space.mixed());
  }

  public void mambaOut(
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
