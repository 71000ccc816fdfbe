package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Workers;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.ProductGrid;
import java.util.List;
import java.util.function.Function;

/** The last matrix of a layer's branch, whose product is added onto the hidden states of a pass. */
final class Branch {
  private final Workers workers;
  private final PassProgram program;
  private final LayerShape shape;
  private final List<Rows> columns;

  /**
   * Which of a layer's tensors are a branch's, as decoder.py numbers them.
   *
   * @param norm of what is added; none where it is empty
   */
  record Place(int weight, int bias, int norm) {
    static final Place ATTENTION = new Place(2, 3, 12);
    static final Place MLP = new Place(6, 7, 13);
  }

  Branch(Machine machine, LayerShape shape) {
    this.workers = machine.workers();
    this.program = machine.program().passes();
    this.shape = shape;
    this.columns = ProductGrid.columns(shape.hidden());
  }

  /**
   * Adds it.
   *
   * @param from what the matrix takes
   */
  void add(
      PassRows rows, Function<PassRows.Part, PtNDArray> from, PtNDArray[] weights, Place place) {
    PtNDArray norm = weights[place.norm];
    if (norm.isEmpty()) {
      multiply(rows, from, PassRows.Part::hidden, weights, place, shape.residualFactor());
      return;
    }
    multiply(rows, from, PassRows.Part::added, weights, place, 1);
    workers.run(
        rows.parts().stream()
            .<Runnable>map(
                part -> () -> program.addNormed(part.hidden(), part.added(), norm, shape))
            .toList());
  }

  private void multiply(
      PassRows rows,
      Function<PassRows.Part, PtNDArray> from,
      Function<PassRows.Part, PtNDArray> onto,
      PtNDArray[] weights,
      Place place,
      double factor) {
    int type = shape.processor().precision().torchType();
    workers.run(
        rows.tasks(
            columns,
            (part, tiles) ->
                program.addTiles(
                    onto.apply(part),
                    from.apply(part),
                    weights[place.weight],
                    weights[place.bias],
                    type,
                    factor,
                    tiles)));
  }
}
