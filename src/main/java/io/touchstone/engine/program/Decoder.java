package io.touchstone.engine.program;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.config.Fp8;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.TorchProgram;
import java.util.List;

/**
 * The program decoder.py: a method for each of its own that is called from here, under its name.
 * There stands what they compute. A tensor that is given back belongs to the manager that is named
 * first; types are numbers of TorchScript.
 */
public final class Decoder implements AutoCloseable {
  private static final int ANGLES_AT_ONCE = 1_024;

  /** Resources that the program for a processor is made of, in their order. */
  public static List<String> parts(Processor processor) {
    return List.of(
        "decoder.py",
        processor.floatsByOneDnn() ? "onednn.py" : "products.py",
        "angles.py",
        "attention.py",
        "capped.py",
        "flat.py",
        "flash.py",
        "passes.py",
        "hybrid.py",
        "encoder.py");
  }

  private final TorchProgram program;
  private final PassProgram passes;
  private final Hybrid hybrid;
  private final Encoder encoder;

  public Decoder(Processor processor) {
    this(parts(processor));
  }

  /**
   * @param parts resources, as {@link #parts} lists them
   */
  Decoder(List<String> parts) {
    this.program = TorchProgram.load(parts, Device.cpu());
    this.passes = new PassProgram(program);
    this.hybrid = new Hybrid(program);
    this.encoder = new Encoder(program);
  }

  /**
   * What an adapter adds to a matrix: {@code scale * b * a}.
   *
   * @param a [rank, columns]
   * @param b [rows, rank]
   */
  public record Addend(PtNDArray a, PtNDArray b, double scale) {}

  /**
   * What a matrix's numbers are multiplied by.
   *
   * @param numbers one for each part of the matrix
   * @param parts how many there are above and beside each other
   * @param extent of each
   */
  public record Scales(PtNDArray numbers, List<Long> parts, Fp8.Extent extent) {}

  /**
   * What all layers of a load share.
   *
   * @param hidden states, [tokens, hidden size]
   * @param positions rows of the angles, for each token
   * @param keysValues of one layer after the other
   */
  public record Load(
      LayerShape shape, PtNDArray hidden, PtNDArray positions, PtNDArray keysValues) {}

  /**
   * What a layer makes of positions: which keys its queries look at, and how far it turns them.
   *
   * @param mask from which blocks of queries take their part
   * @param window that the mask is one for; 0 for all before a query
   * @param angles by position, table after table
   */
  public record Sight(PtNDArray mask, int window, PtNDArray angles) {}

  /**
   * Read-outs whose last hidden states are in memory together.
   *
   * @param tokens of all read-outs of the load
   * @param skipped of them, which come before these
   * @param states of these, written by the last layer
   */
  public record ReadOuts(PtNDArray tokens, int skipped, PtNDArray states) {}

  /** The methods for passes over a cache. */
  public PassProgram passes() {
    return passes;
  }

  /** The methods for layers of hybrids. */
  public Hybrid hybrid() {
    return hybrid;
  }

  /** The methods for encoders. */
  public Encoder encoder() {
    return encoder;
  }

  /** Owns what lives as long as the program. */
  public PtNDManager manager() {
    return program.manager();
  }

  PtNDArray beside(PtNDManager owner, PtNDArray tensor, PtNDArray other) {
    return program.tensor(owner, "beside", tensor, other);
  }

  PtNDArray buffer(PtNDManager owner, long[] sizes, int type, PtNDArray other) {
    return program.tensor(owner, "buffer", sizes, type, other);
  }

  public PtNDArray numbers(PtNDManager owner, PtNDArray bytes, int type, long[] sizes) {
    return program.tensor(owner, "numbers", bytes, type, sizes);
  }

  PtNDArray first(PtNDManager owner, PtNDArray tensor) {
    return program.tensor(owner, "first", tensor);
  }

  public PtNDArray floats(PtNDManager owner, PtNDArray stored) {
    return program.tensor(owner, "floats", stored);
  }

  public PtNDArray onePlus(PtNDManager owner, PtNDArray stored) {
    return program.tensor(owner, "one_plus", stored);
  }

  /** Two vectors, [2, 1, size], in fp32. */
  public PtNDArray both(PtNDManager owner, PtNDArray first, PtNDArray second) {
    return program.tensor(owner, "both", first, second);
  }

  /** Some columns of a stored matrix as the rows of one. */
  public PtNDArray columns(PtNDManager owner, PtNDArray stored, int first, int end) {
    return program.tensor(owner, "columns", stored, first, end);
  }

  public PtNDArray sum(PtNDManager owner, PtNDArray stored, Addend addend) {
    return program.tensor(owner, "sum", stored, addend.a(), addend.b(), addend.scale());
  }

  /** A matrix of FP8 numbers in fp32. */
  public PtNDArray scaled(PtNDManager owner, PtNDArray stored, Scales scales) {
    return program.tensor(
        owner,
        "scaled",
        stored,
        scales.numbers,
        scales.parts.stream().mapToLong(Long::longValue).toArray(),
        scales.extent.rows(),
        scales.extent.columns());
  }

  /** A matrix's product with rows, as layers have it. */
  public PtNDArray product(PtNDManager owner, PtNDArray rows, PtNDArray matrix, int type) {
    return program.tensor(owner, "product", rows, matrix, type);
  }

  public PtNDArray embed(
      PtNDManager owner, PtNDArray table, PtNDArray ids, LayerShape shape, PtNDArray other) {
    return program.tensor(
        owner,
        "embed",
        table,
        ids,
        shape.config().factors().embeddings(),
        shape.processor().precision().torchType(),
        other);
  }

  /** Adds rows of a stored table to states. */
  public void addRows(PtNDArray states, PtNDArray table, PtNDArray ids) {
    program.run("add_rows", states, table, ids);
  }

  /**
   * Angles of at least so many positions.
   *
   * @param turned dimensions of a head that have some
   * @param stretch the table of these rows, as {@link Rotary#stretch} numbers them
   */
  PtNDArray rotary(
      PtNDManager owner, int positions, int headDim, int turned, Rotary rotary, int stretch) {
    Scaling scaling = Scaling.of(rotary, turned, stretch);
    int blocks = (positions + ANGLES_AT_ONCE - 1) / ANGLES_AT_ONCE;
    return program.tensor(
        owner,
        "rotary",
        blocks,
        headDim,
        turned,
        rotary.theta(),
        scaling.kind,
        scaling.numbers,
        rotary.attentionFactor());
  }

  /** What is done with frequencies, as the program numbers it. */
  private record Scaling(int kind, double... numbers) {
    static Scaling of(Rotary rotary, int headDim, int stretch) {
      if (rotary instanceof Rotary.Linear linear) {
        return new Scaling(1, linear.factor());
      } else if (rotary instanceof Rotary.Llama3 llama3) {
        return new Scaling(
            2,
            llama3.factor(),
            llama3.lowFreqFactor(),
            llama3.highFreqFactor(),
            llama3.originalMaxPositionEmbeddings());
      } else if (rotary instanceof Rotary.Yarn yarn) {
        return new Scaling(3, yarn.factor(), yarn.low(headDim), yarn.high(headDim));
      } else if (rotary instanceof Rotary.LongRope longRope) {
        List<Double> factors = stretch == 0 ? longRope.shortFactors() : longRope.longFactors();
        return new Scaling(4, factors.stream().mapToDouble(Double::doubleValue).toArray());
      } else if (rotary instanceof Rotary.Dynamic dynamic && stretch > 0) {
        return new Scaling(5, dynamic.factor(), stretch, dynamic.maxPositionEmbeddings());
      } else if (rotary instanceof Rotary.None) {
        return new Scaling(6);
      }
      return new Scaling(0);
    }
  }

  PtNDArray joined(PtNDManager owner, List<PtNDArray> tables) {
    return program.tensor(owner, "joined", (Object) tables.toArray(PtNDArray[]::new));
  }

  PtNDArray mask(PtNDManager owner, int rows, int longest) {
    return program.tensor(owner, "mask", rows, longest);
  }

  PtNDArray windowMask(PtNDManager owner, int rows, int window) {
    return program.tensor(owner, "window_mask", rows, window);
  }

  public void widen(
      PtNDArray into, int row, PtNDArray stored, Precision precision, PtNDArray norm) {
    program.run("widen", into, row, stored, precision.torchType(), norm);
  }

  /**
   * @param turned rows of a head that positions turn
   */
  public void widenInterleaved(
      PtNDArray into,
      int row,
      PtNDArray stored,
      Precision precision,
      PtNDArray norm,
      int headDim,
      int turned) {
    program.run(
        "widen_interleaved", into, row, stored, precision.torchType(), norm, headDim, turned);
  }

  public void keysValues(LayerWeights weights, Load load, Sight sight, Rows tokens) {
    program.run(
        "keys_values",
        load.hidden,
        tokens.first(),
        tokens.end(),
        weights.tensors(),
        load.shape.numbers(0),
        load.shape.facts(),
        sight.angles,
        load.positions,
        load.keysValues);
  }

  public void layer(LayerWeights weights, Load load, Sight sight, Rows tokens, long[] plan) {
    program.run(
        "layer",
        load.hidden,
        tokens.first(),
        tokens.end(),
        weights.tensors(),
        load.shape.numbers(sight.window),
        load.shape.facts(),
        sight.angles,
        load.positions,
        load.keysValues,
        plan,
        sight.mask);
  }

  /**
   * Calls of a micro-batch's attention.
   *
   * @param calls numbers of each
   * @param lists tensors of each, on the device
   */
  public record FlatCalls(long[] calls, PtNDArray[] lists) {}

  /** The same as {@link #layer}, with all paths of a call at once. */
  public void layerFlat(
      LayerWeights weights, Load load, Sight sight, Rows tokens, FlatCalls attention) {
    program.run(
        "layer_flat",
        load.hidden,
        tokens.first(),
        tokens.end(),
        weights.tensors(),
        load.shape.numbers(sight.window),
        load.shape.facts(),
        sight.angles,
        load.positions,
        load.keysValues,
        attention.calls,
        attention.lists);
  }

  /** What {@link #layerFlat} gives for one token with values of 1. */
  PtNDArray tryFlat(PtNDManager owner, int headDim, int type, PtNDArray other) {
    return program.tensor(owner, "try_flat", headDim, type, other);
  }

  /**
   * @param part of the read-outs
   */
  public void lastLayer(
      LayerWeights weights, Load load, Sight sight, ReadOuts readOuts, Rows part, long[] plan) {
    program.run(
        "last_layer",
        load.hidden,
        readOuts.tokens,
        readOuts.skipped,
        part.first(),
        part.end(),
        weights.tensors(),
        load.shape.numbers(sight.window),
        load.shape.facts(),
        sight.angles,
        load.positions,
        load.keysValues,
        plan,
        sight.mask,
        readOuts.states);
  }

  public void headLayer(
      PtNDArray states, Rows part, PtNDArray[] weights, double eps, PtNDArray into) {
    program.run("head_layer", states, part.first(), part.end(), weights, eps, into);
  }

  @Override
  public void close() {
    program.close();
  }
}
