package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Workers;
import io.touchstone.engine.program.Decoder;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.ProductGrid;
import java.util.ArrayList;
import java.util.List;

/** The part of a layer that attends to keys and values in the cache. */
public final class CachedAttention {
  /** About how wide a tile of whole heads is. */
  private static final int HEADS_WIDTH = 192;

  private final Workers workers;
  private final PassProgram program;
  private final KeyValueCache cache;
  private final LayerShape shape;
  private final List<Rows> queries;
  private final List<Rows> keysValues;
  private final List<Rows> output;

  public CachedAttention(Machine machine, KeyValueCache cache, LayerShape shape) {
    this.workers = machine.workers();
    this.program = machine.program().passes();
    this.cache = cache;
    this.shape = shape;
    int width = Math.max(1, HEADS_WIDTH / shape.headDim());
    this.queries = ProductGrid.tiles(0, shape.heads(), width);
    this.keysValues = new ArrayList<>(ProductGrid.tiles(0, shape.kvHeads(), width));
    keysValues.addAll(ProductGrid.tiles(shape.kvHeads(), 2 * shape.kvHeads(), width));
    this.output = ProductGrid.columns(shape.hidden());
  }

  /**
   * A layer.
   *
   * @param table its number among those that attend
   * @param weights as decoder.py documents them
   * @param sight whose mask has as many rows as a chunk has tokens
   */
  record Layer(int table, PtNDArray[] weights, Decoder.Sight sight) {}

  /** Adds the layer's attention onto the hidden states of all tokens. */
  void add(Pass pass, Layer layer) {
    List<Runnable> tasks = keysValues(pass, layer);
    tasks.addAll(queries(pass.rows(), layer));
    workers.run(tasks);
    List<Pass.PiecePath> pieces = pass.pieces(layer.sight.window());
    workers.run(
        pieces.stream()
            .<Runnable>map(
                piece ->
                    () -> program.gather(cache.tables(layer.table), piece.blocks(), piece.table()))
            .toList());
    List<Runnable> attending = new ArrayList<>();
    pieces.forEach(
        piece -> piece.tasks().forEach(task -> attending.add(() -> attend(piece, task, layer))));
    attending.addAll(attend(pass.rows(), layer, pass.steps(layer.sight.window())));
    workers.run(attending);
    workers.run(output(pass.rows(), layer));
  }

  /** The same where nobody looks at other tokens any more than those whose logits are wanted. */
  void addToAsked(Pass pass, Pass.Asked asked, Layer layer) {
    List<Runnable> tasks = keysValues(pass, layer);
    tasks.addAll(queries(asked.rows(), layer));
    workers.run(tasks);
    workers.run(
        attend(
            asked.rows(),
            layer,
            asked.rows() == pass.rows()
                ? pass.steps(layer.sight.window())
                : pass.plans(asked.steps(), layer.sight.window())));
    workers.run(output(asked.rows(), layer));
  }

  /** Only the keys and values of all tokens, where nobody asks for more. */
  void keep(Pass pass, Layer layer) {
    workers.run(keysValues(pass, layer));
  }

  private void attend(Pass.PiecePath piece, Pass.PieceTask task, Layer layer) {
    program.attendPiece(
        task.queries(),
        attention(layer, task.queries()),
        piece.table(),
        task.seen(),
        layer.sight.mask(),
        task.attended());
  }

  private List<Runnable> keysValues(Pass pass, Layer layer) {
    return pass.rows()
        .tasks(
            keysValues,
            (part, tiles) ->
                program.keyValueTiles(
                    part.hidden(),
                    attention(layer, part.turns()),
                    tiles,
                    cache.tables(layer.table),
                    pass.places(part)));
  }

  private List<Runnable> queries(PassRows rows, Layer layer) {
    return rows.tasks(
        queries,
        (part, tiles) ->
            program.queryTiles(
                part.hidden(), attention(layer, part.turns()), tiles, part.queries()));
  }

  private List<Runnable> attend(PassRows rows, Layer layer, List<PassProgram.Steps> plans) {
    return plans.stream()
        .<Runnable>map(
            plan ->
                () ->
                    program.attendSteps(
                        rows.queries(),
                        attention(layer, rows.turns()),
                        cache.tables(layer.table),
                        plan,
                        rows.attended()))
        .toList();
  }

  private List<Runnable> output(PassRows rows, Layer layer) {
    int type = shape.processor().precision().torchType();
    double factor = shape.residualFactor();
    return rows.tasks(
        output,
        (part, tiles) ->
            program.addTiles(
                part.hidden(),
                part.attended(),
                layer.weights[2],
                layer.weights[3],
                type,
                factor,
                tiles));
  }

  private PassProgram.Attention attention(Layer layer, PtNDArray turns) {
    return new PassProgram.Attention(shape, layer.weights, turns, layer.sight.window());
  }
}
