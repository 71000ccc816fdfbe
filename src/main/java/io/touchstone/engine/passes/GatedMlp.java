package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.batch.Rows;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.ProductGrid;
import java.util.List;
import java.util.function.Consumer;

/** The part of a layer that is an MLP with a gate, over rows of a pass. */
public final class GatedMlp {
  private final PassProgram program;
  private final LayerShape shape;
  private final List<Rows> inner;
  private final Branch branch;

  public GatedMlp(Machine machine, LayerShape shape) {
    this.program = machine.program().passes();
    this.shape = shape;
    this.inner = ProductGrid.columns(shape.inner());
    this.branch = new Branch(machine, shape);
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
    branch.add(rows, PassRows.Part::inner, weights, Branch.Place.MLP);
  }
}
