package io.touchstone.engine.program;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.TorchProgram;

/**
 * The methods of passes.py, as {@link Decoder} has those of decoder.py.
 *
 * @param program that holds both
 */
public record PassProgram(TorchProgram program) {

  /** Tokens of a block. */
  public static final int BLOCK = 128;

  /** One layer's, as the program lays them out. */
  public record Tables(PtNDArray keys, PtNDArray values) {}

  /**
   * What an attention layer goes by.
   *
   * @param weights of the layer, as decoder.py documents them
   * @param turns by position, [tokens, D / 2]; empty where positions do not turn heads
   * @param window of the layer; 0 without one
   */
  public record Attention(LayerShape shape, PtNDArray[] weights, PtNDArray turns, int window) {}

  /**
   * A plan's tensors.
   *
   * @param plan owners, blocks and rows
   * @param keys bags of the keys
   * @param values bags of the values
   * @param mask of the pairs
   */
  public record Steps(
      PtNDArray[] plan, PtNDArray[] keys, PtNDArray[] values, long[] counts, PtNDArray mask) {}

  PtNDArray reserved(PtNDManager owner, long[] sizes, int type, PtNDArray other) {
    return program.tensor(owner, "reserved", sizes, type, other);
  }

  public PtNDArray chosen(PtNDManager owner, PtNDArray tensor, PtNDArray rows) {
    return program.tensor(owner, "chosen", tensor, rows);
  }

  public PtNDArray rows(PtNDManager owner, PtNDArray tensor, long first, long end) {
    return program.tensor(owner, "rows", tensor, first, end);
  }

  public PtNDArray columns(PtNDManager owner, PtNDArray tensor, long first, long end) {
    return program.tensor(owner, "last_columns", tensor, first, end);
  }

  public void widenRows(PtNDArray into, PtNDArray stored, Rows rows, PtNDArray norm) {
    program.run("widen_rows", into, stored, rows.first(), rows.end(), norm);
  }

  public void clearBlocks(PtNDArray table, long[] blocks) {
    program.run("clear_blocks", table, blocks);
  }

  public void copyBlocks(PtNDArray table, long[] pairs) {
    program.run("copy_blocks", table, pairs);
  }

  public PtNDArray stepMask(PtNDManager owner, PtNDArray low, PtNDArray high, PtNDArray other) {
    return program.tensor(owner, "step_mask", low, high, BLOCK, other);
  }

  public void queryTiles(PtNDArray x, Attention layer, long[] tiles, PtNDArray queries) {
    program.run(
        "query_tiles",
        x,
        layer.weights,
        layer.shape.numbers(layer.window),
        layer.shape.facts(),
        layer.turns,
        tiles,
        queries);
  }

  /**
   * @param places blocks and places in them
   */
  public void keyValueTiles(
      PtNDArray x, Attention layer, long[] tiles, Tables cache, PtNDArray[] places) {
    program.run(
        "key_value_tiles",
        x,
        layer.weights,
        layer.shape.numbers(layer.window),
        layer.shape.facts(),
        layer.turns,
        tiles,
        cache.keys(),
        cache.values(),
        places);
  }

  public void gather(Tables cache, PtNDArray blocks, PtNDArray into) {
    program.run("gather", cache.keys(), cache.values(), blocks, into);
  }

  /**
   * @param seen keys of the path up to the last query's own
   */
  public void attendPiece(
      PtNDArray queries,
      Attention layer,
      PtNDArray path,
      int seen,
      PtNDArray mask,
      PtNDArray into) {
    program.run(
        "attend_piece",
        queries,
        path,
        seen,
        BLOCK,
        mask,
        into,
        layer.shape.numbers(layer.window),
        layer.shape.facts());
  }

  public PtNDArray[] bags(PtNDManager owner, PtNDArray blocks, PtNDArray table, int heads) {
    return program.tensors(owner, "bags", blocks, table, heads);
  }

  public void attendSteps(
      PtNDArray queries, Attention layer, Tables cache, Steps steps, PtNDArray into) {
    program.run(
        "attend_steps",
        queries,
        cache.keys(),
        cache.values(),
        steps.plan,
        steps.keys,
        steps.values,
        steps.counts,
        steps.mask,
        into,
        layer.shape.numbers(layer.window),
        layer.shape.facts());
  }

  /** Adds tiles of a product onto x, times a factor. */
  public void addTiles(
      PtNDArray x,
      PtNDArray y,
      PtNDArray weight,
      PtNDArray bias,
      int type,
      double factor,
      long[] tiles) {
    program.run("add_tiles", x, y, weight, bias, type, factor, tiles);
  }

  public void gatedTiles(
      PtNDArray x, PtNDArray[] weights, LayerShape shape, long[] tiles, PtNDArray into) {
    program.run("gated_tiles", x, weights, shape.numbers(0), shape.facts(), tiles, into);
  }

  /**
   * @param norm empty where the head has it folded in, and then the buffer is not used
   */
  public void logitTiles(
      PtNDArray x,
      PtNDArray head,
      PtNDArray norm,
      PtNDArray buffer,
      double eps,
      long[] tiles,
      PtNDArray logits,
      PtNDArray summary) {
    program.run("logit_tiles", x, head, norm, buffer, eps, tiles, logits, summary);
  }

  public PtNDArray row(PtNDManager owner, PtNDArray logits, long row) {
    return program.tensor(owner, "row", logits, row);
  }
}
