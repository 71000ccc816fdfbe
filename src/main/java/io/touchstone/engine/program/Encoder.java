package io.touchstone.engine.program;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.TorchProgram;

/** The methods of encoder.py that are called from here, under their names. */
public final class Encoder {
  private final TorchProgram program;

  Encoder(TorchProgram program) {
    this.program = program;
  }

  /**
   * What all layers of a load share.
   *
   * @param hidden states, [tokens, hidden size]
   * @param positions of the tokens, as rows of angles
   */
  public record Load(PtNDArray hidden, PtNDArray positions) {}

  /**
   * What the tokens of a layer see.
   *
   * @param shape of the layer, as the program documents it
   * @param scale of the scores
   * @param angles by position; empty where nothing is turned
   * @param distances keys and queries of them; both empty where there are none
   * @param band of a layer that slides; empty otherwise
   * @param convolution with its norm; four empty tensors where there is none
   */
  public record Layer(
      long[] shape,
      double eps,
      double scale,
      PtNDArray angles,
      PtNDArray[] distances,
      PtNDArray band,
      PtNDArray[] convolution) {}

  /**
   * Rows whose first states alone are wanted.
   *
   * @param tokens of the load that they are
   * @param queries of these, [rows, heads]
   * @param attended what they saw, [rows, heads]
   * @param states behind the last layer, [rows, hidden size]
   */
  public record Firsts(PtNDArray tokens, PtNDArray queries, PtNDArray attended, PtNDArray states) {}

  /** Where rows of a stored matrix go, filled up from {@code dim} to {@code wide} each. */
  public record Heads(int dim, int wide) {}

  /** Whether the two rows that rotation turns together come to stand side by side. */
  public enum RowOrder {
    STORED,
    INTERLEAVED
  }

  public void widenHeads(
      PtNDArray into,
      int row,
      PtNDArray stored,
      Rows rows,
      Precision precision,
      Heads heads,
      RowOrder order) {
    program.run(
        "widen_heads",
        into,
        row,
        stored,
        rows.first(),
        rows.end(),
        precision.torchType(),
        heads.dim,
        heads.wide,
        order.ordinal());
  }

  public void widenColumns(PtNDArray into, PtNDArray stored, Precision precision, Heads heads) {
    program.run("widen_columns", into, stored, precision.torchType(), heads.dim, heads.wide);
  }

  /**
   * @param ids of tokens, positions and texts, on the host
   * @param tables for these
   * @param norm and its bias
   */
  public void embed(
      PtNDArray hidden,
      Rows tokens,
      PtNDArray[] ids,
      PtNDArray[] tables,
      PtNDArray[] norm,
      double eps) {
    program.run("embed_rows", hidden, tokens.first(), tokens.end(), ids, tables, norm, eps);
  }

  public PtNDArray normed(
      PtNDManager owner, PtNDArray states, PtNDArray weight, PtNDArray bias, double eps) {
    return program.tensor(owner, "layer_normed", states, weight, bias, eps);
  }

  public PtNDArray distanceRows(PtNDManager owner, int longest, int buckets, int most, int span) {
    return program.tensor(owner, "distance_rows", longest, buckets, most, span);
  }

  public PtNDArray[] distances(
      PtNDManager owner,
      PtNDArray embedded,
      PtNDArray rows,
      LayerWeights weights,
      long[] shape,
      double scale) {
    return program.tensors(owner, "distances", embedded, rows, weights.tensors(), shape, scale);
  }

  public PtNDArray band(PtNDManager owner, int reach) {
    return program.tensor(owner, "band", reach);
  }

  /**
   * @param tokens of whole rows
   * @param rows tokens of each
   */
  public void layer(LayerWeights weights, Load load, Layer layer, Rows tokens, long[] rows) {
    program.run(
        "encoder_layer",
        load.hidden,
        tokens.first(),
        tokens.end(),
        rows,
        weights.tensors(),
        layer.shape,
        layer.eps,
        layer.scale,
        layer.angles,
        load.positions,
        layer.distances,
        layer.band,
        layer.convolution);
  }

  /**
   * @param weights as the program documents them
   */
  public void headDense(
      PtNDArray states, Rows rows, PtNDArray[] weights, long activation, double eps) {
    program.run("head_dense", states, rows.first(), rows.end(), weights, activation, eps);
  }

  /**
   * @param part of the rows
   */
  public void firstQueries(LayerWeights weights, Load load, Layer layer, Firsts firsts, Rows part) {
    program.run(
        "first_queries",
        load.hidden,
        firsts.tokens,
        part.first(),
        part.end(),
        weights.tensors(),
        layer.shape,
        layer.eps,
        firsts.queries);
  }

  /**
   * @param tokens of whole rows
   * @param rows tokens of each
   * @param first number of the first of them
   */
  public void firstLooks(
      LayerWeights weights,
      Load load,
      Layer layer,
      Firsts firsts,
      Rows tokens,
      long[] rows,
      int first) {
    program.run(
        "first_looks",
        load.hidden,
        tokens.first(),
        tokens.end(),
        rows,
        first,
        weights.tensors(),
        layer.shape,
        layer.eps,
        layer.scale,
        layer.angles,
        load.positions,
        layer.distances,
        layer.band,
        firsts.queries,
        firsts.attended);
  }

  /**
   * @param part of the rows
   */
  public void firstStates(LayerWeights weights, Load load, Layer layer, Firsts firsts, Rows part) {
    program.run(
        "first_states",
        load.hidden,
        firsts.tokens,
        part.first(),
        part.end(),
        weights.tensors(),
        layer.shape,
        layer.eps,
        firsts.attended,
        firsts.states);
  }
}
