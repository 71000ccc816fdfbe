package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Workers;
import io.touchstone.engine.passes.FlatPass.Piece;
import io.touchstone.engine.passes.FlatPass.Step;
import io.touchstone.engine.program.Hybrid;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.MambaShape;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.ProductGrid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The mixer that goes on from what it remembers of each sequence of a pass. */
public final class CachedMamba {
  private final Machine machine;
  private final Workers workers;
  private final Hybrid program;
  private final PassProgram passes;
  private final MambaShape shape;
  private final List<Rows> projected;
  private final List<Rows> hidden;

  /**
   * @param hidden size of the residual stream
   */
  public CachedMamba(Machine machine, MambaShape shape, int hidden) {
    this.machine = machine;
    this.workers = machine.workers();
    this.program = machine.program().hybrid();
    this.passes = machine.program().passes();
    this.shape = shape;
    this.projected = ProductGrid.columns(shape.width());
    this.hidden = ProductGrid.columns(hidden);
  }

  Hybrid.Space space(Pass pass) {
    long rows = pass.rows().hidden().getShape().get(0);
    int fp32 = Precision.FP32.torchType();
    return new Hybrid.Space(
        machine.buffer(pass.owner(), fp32, rows, shape.width()),
        machine.buffer(pass.owner(), fp32, rows, shape.mamba().inner()));
  }

  /**
   * Adds it onto hidden states.
   *
   * @param layer its number among those that are Mamba
   * @param first runs the tasks of the first product, and maybe others with them
   */
  void add(
      Pass pass,
      Hybrid.Space space,
      int layer,
      PtNDArray[] weights,
      Consumer<List<Runnable>> first) {
    int type = shape.processor().precision().torchType();
    PassRows rows = pass.rows();
    first.accept(
        rows.tasks(
            projected,
            (part, tiles) ->
                program.mambaInTiles(
                    part.hidden(),
                    weights,
                    type,
                    shape.eps(),
                    tiles,
                    pass.some(space.table(), part.rows()))));
    List<Runnable> mixing = new ArrayList<>();
    Set<CachedSequence> pieces = new HashSet<>();
    for (Piece piece : pass.flat().pieces()) {
      pieces.add(piece.sequence());
      Hybrid.Memory memory = memory(piece.sequence()).layer(layer);
      for (int g = 0; g < shape.mamba().groups(); g++) {
        int group = g;
        mixing.add(
            () ->
                program.mambaPiece(
                    space,
                    new Rows(piece.row(), piece.row() + piece.tokens()),
                    piece.position(),
                    group,
                    weights,
                    shape,
                    memory));
      }
    }
    // A prompt's last token may be a step behind a piece of the same pass.
    List<Step> alone = new ArrayList<>();
    List<Step> behind = new ArrayList<>();
    for (Step step : pass.flat().steps()) {
      (pieces.contains(step.sequence()) ? behind : alone).add(step);
    }
    mixing.addAll(steps(alone, space, layer, weights));
    workers.run(mixing);
    workers.run(steps(behind, space, layer, weights));
    workers.run(
        rows.tasks(
            hidden,
            (part, tiles) ->
                passes.addTiles(
                    part.hidden(),
                    pass.some(space.mixed(), part.rows()),
                    weights[8],
                    weights[9],
                    type,
                    1,
                    tiles)));
  }

  private List<Runnable> steps(
      List<Step> steps, Hybrid.Space space, int layer, PtNDArray[] weights) {
    if (steps.isEmpty()) {
      return List.of();
    }
    int most = (steps.size() + workers.threads() - 1) / workers.threads();
    return Rows.cut(steps.size(), most).stream()
        .map(share -> steps.subList(share.first(), share.end()))
        .<Runnable>map(
            some -> () -> program.mambaSteps(space, singles(some, layer), weights, shape))
        .toList();
  }

  /** Single tokens; one that ends a prompt steps as all of the prompt do. */
  private List<Hybrid.Single> singles(List<Step> steps, int layer) {
    List<Hybrid.Single> singles = new ArrayList<>();
    for (Step step : steps) {
      MambaMemory memory = memory(step.sequence());
      singles.add(
          new Hybrid.Single(
              step.row(), memory.answers() ? 0 : shape.leastStep(), memory.layer(layer)));
    }
    return singles;
  }

  static MambaMemory memory(CachedSequence sequence) {
    return (MambaMemory) sequence.memory();
  }
}
