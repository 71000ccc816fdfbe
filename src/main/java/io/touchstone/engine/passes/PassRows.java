package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.ProductGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Hidden states of a pass and the work space of a layer beside them, cut into parts that threads
 * work on.
 */
final class PassRows {
  private final ProductGrid grid;
  private final PassProgram program;
  private final PtNDManager owner;
  private final PtNDArray hidden;
  private final Turns turns;
  private final PtNDArray queries;
  private final PtNDArray attended;
  private final PtNDArray inner;
  private final List<Part> parts = new ArrayList<>();

  /**
   * Some of the rows.
   *
   * @param rows which
   * @param hidden states, [rows, hidden size]
   * @param turns that positions make of them
   * @param queries [rows, heads, D and more]
   * @param attended what they attended to, [rows, heads * D]; zeros at first
   * @param inner of the MLP, [rows, inner size]
   * @param added what a branch gives where it is normed, [rows, hidden size], zeros between
   *     branches; else empty
   */
  record Part(
      Rows rows,
      PtNDArray hidden,
      Turns turns,
      PtNDArray queries,
      PtNDArray attended,
      PtNDArray inner,
      PtNDArray added) {}

  /**
   * @param hidden at least {@link Kernels#LEAST_ROWS} of them
   * @param turns of the same rows
   */
  PassRows(Machine machine, PtNDManager owner, LayerShape shape, PtNDArray hidden, Turns turns) {
    int fp32 = Precision.FP32.torchType();
    int rows = (int) hidden.getShape().get(0);
    this.grid = ProductGrid.of(machine);
    this.program = machine.program().passes();
    this.owner = owner;
    this.hidden = hidden;
    this.turns = turns;
    this.queries = machine.buffer(owner, fp32, rows, shape.heads(), shape.wideHead());
    this.attended = machine.buffer(owner, fp32, rows, (long) shape.heads() * shape.headDim());
    this.inner = machine.buffer(owner, fp32, rows, shape.inner());
    PtNDArray added = machine.buffer(owner, fp32, shape.normsBranches() ? rows : 0, shape.hidden());
    for (Rows some : grid.rowParts(rows)) {
      parts.add(
          new Part(
              some,
              view(hidden, some),
              turns.of(all -> view(all, some)),
              view(queries, some),
              view(attended, some),
              view(inner, some),
              added.isEmpty() ? added : view(added, some)));
    }
  }

  private PtNDArray view(PtNDArray tensor, Rows some) {
    return program.rows(owner, tensor, some.first(), some.end());
  }

  PtNDArray hidden() {
    return hidden;
  }

  /** Queries of some rows. */
  PtNDArray queries(Rows some) {
    return view(queries, some);
  }

  PtNDArray queries() {
    return queries;
  }

  PtNDArray attended(Rows some) {
    return view(attended, some);
  }

  PtNDArray attended() {
    return attended;
  }

  Turns turns() {
    return turns;
  }

  List<Part> parts() {
    return parts;
  }

  /** Tiles in groups, one for each task that a part becomes. */
  List<List<Rows>> groups(List<Rows> tiles) {
    return grid.groups(parts.size(), tiles);
  }

  /**
   * Tasks of a product over all rows.
   *
   * @param tiles of its columns
   * @param work takes tiles as the program does
   */
  List<Runnable> tasks(List<Rows> tiles, BiConsumer<Part, long[]> work) {
    List<Runnable> tasks = new ArrayList<>();
    for (Part part : parts) {
      for (List<Rows> group : groups(tiles)) {
        long[] numbers = ProductGrid.numbers(group);
        tasks.add(() -> work.accept(part, numbers));
      }
    }
    return tasks;
  }
}
