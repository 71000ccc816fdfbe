package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Workers;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.ProductGrid;
import java.util.List;
import java.util.function.Consumer;

/** The part of a layer that is down(silu(gate x) * up x), over rows of a pass. */
public final class GatedMlp {
  private final Workers workers;
  private final PassProgram program;
  private final LayerShape shape;
  private final List<Rows> inner;
  private final List<Rows> hidden;

  public GatedMlp(Machine machine, LayerShape shape) {
    this.workers = machine.workers();
    this.program = machine.program().passes();
    this.shape = shape;
    this.inner = ProductGrid.columns(shape.inner());
    this.hidden = ProductGrid.columns(shape.hidden());
  }

  /**
   * Adds it onto hidden states.
   *
   * @param weights as decoder.py documents them
   * @param first runs the tasks of the first product, and maybe others with them
   */
  void add(PassRows rows, PtNDArray[] weights, Consumer<List<Runnable>> first) {
    first.accept(
        rows.tasks(
            inner,
            (part, tiles) ->
                program.gatedTiles(part.hidden(), weights, shape, tiles, part.inner())));
    int type = shape.processor().precision().torchType();
    double factor = shape.residualFactor();
    workers.run(
        rows.tasks(
            hidden,
            (part, tiles) ->
                program.addTiles(
                    part.hidden(), part.inner(), weights[6], weights[7], type, factor, tiles)));
  }
}
