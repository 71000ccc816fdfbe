package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Workers;
import io.touchstone.engine.program.Hybrid;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.ProductGrid;
import java.util.List;
import java.util.function.Consumer;

/** The mixer that is down(relu(up x)^2), over rows of a pass. */
public final class SquaredMlp {
  private final Workers workers;
  private final Hybrid program;
  private final PassProgram passes;
  private final LayerShape shape;
  private final List<Rows> inner;
  private final List<Rows> hidden;

  public SquaredMlp(Machine machine, LayerShape shape) {
    this.workers = machine.workers();
    this.program = machine.program().hybrid();
    this.passes = machine.program().passes();
    this.shape = shape;
    this.inner = ProductGrid.columns(shape.inner());
    this.hidden = ProductGrid.columns(shape.hidden());
  }

  /**
   * Adds it onto hidden states.
   *
   * @param weights as hybrid.py documents them
   * @param first runs the tasks of the first product, and maybe others with them
   */
  void add(PassRows rows, PtNDArray[] weights, Consumer<List<Runnable>> first) {
    int type = shape.processor().precision().torchType();
    first.accept(
        rows.tasks(
            inner,
            (part, tiles) ->
                program.squaredTiles(
                    part.hidden(), weights, type, shape.eps(), tiles, part.inner())));
    workers.run(
        rows.tasks(
            hidden,
            (part, tiles) ->
                passes.addTiles(
                    part.hidden(), part.inner(), weights[2], weights[3], type, 1, tiles)));
  }
}
