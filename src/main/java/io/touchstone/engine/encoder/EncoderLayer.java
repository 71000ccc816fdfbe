package io.touchstone.engine.encoder;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.LayerNames;
import io.touchstone.checkpoint.encoder.Sight;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Encoder;
import io.touchstone.engine.program.Encoder.Heads;
import io.touchstone.engine.program.Encoder.RowOrder;
import io.touchstone.engine.program.EncoderShape;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.weights.StoredWeights;
import java.util.ArrayList;
import java.util.List;

/** One layer's weights as the program wants them, in buffers that are used again for others. */
final class EncoderLayer implements LayerWeights {
  private final EncoderConfig config;
  private final StoredWeights stored;
  private final Machine machine;
  private final Encoder program;
  private final EncoderShape shape;
  private final PtNDArray none;
  private final PtNDArray qkv;
  private final PtNDArray qkvBias;
  private final PtNDArray output;
  private final PtNDArray outputBias;
  private final PtNDArray attentionNorm;
  private final PtNDArray attentionNormBias;
  private final PtNDArray up;
  private final PtNDArray upBias;
  private final PtNDArray down;
  private final PtNDArray downBias;
  private final PtNDArray mlpNorm;
  private final PtNDArray mlpNormBias;

  /** Matrix and bias of keys, then of queries. */
  private final PtNDArray[] distances;

  private final List<Runnable> copies = new ArrayList<>();
  private boolean hasAttentionNorm = true;

  EncoderLayer(EncoderConfig config, StoredWeights stored, EncoderShape shape, Machine machine) {
    this.config = config;
    this.stored = stored;
    this.machine = machine;
    this.program = machine.program().encoder();
    this.shape = shape;
    long hidden = config.hiddenSize();
    long wide = shape.wideHeads();
    long inner = shape.wideInner();
    long ups = config.inner().parts() * inner;
    EncoderConfig.Biases biases = config.biases();
    none = vector(0);
    qkv = matrix(3 * wide, hidden);
    qkvBias = biases.attention() ? vector(3 * wide) : none;
    output = matrix(hidden, wide);
    outputBias = biases.attention() ? vector(hidden) : none;
    attentionNorm = vector(hidden);
    attentionNormBias = biases.norms() ? vector(hidden) : none;
    up = matrix(ups, hidden);
    upBias = biases.mlp() ? vector(ups) : none;
    down = matrix(hidden, inner);
    downBias = biases.mlp() ? vector(hidden) : none;
    mlpNorm = vector(hidden);
    mlpNormBias = biases.norms() ? vector(hidden) : none;
    distances = distances(wide, hidden);
  }

  private PtNDArray[] distances(long wide, long hidden) {
    if (!(config.sight() instanceof Sight.Distances by)) {
      return new PtNDArray[] {none, none, none, none};
    }
    return new PtNDArray[] {
      !by.keys() ? none : by.shared() ? rows(qkv, wide) : matrix(wide, hidden),
      !by.keys() ? none : by.shared() ? rows(qkvBias, wide) : vector(wide),
      !by.queries() ? none : by.shared() ? rows(qkv, 0) : matrix(wide, hidden),
      !by.queries() ? none : by.shared() ? rows(qkvBias, 0) : vector(wide)
    };
  }

  /** The layer's own projection of queries, or of keys behind it. */
  private PtNDArray rows(PtNDArray all, long first) {
    return machine.program().passes().rows(machine.device(), all, first, first + shape.wideHeads());
  }

  private PtNDArray matrix(long... sizes) {
    return machine.buffer(machine.device(), machine.processor().matrixType(), sizes);
  }

  private PtNDArray vector(long numbers) {
    return machine.buffer(machine.device(), Precision.FP32.torchType(), numbers);
  }

  @Override
  public PtNDArray any() {
    return qkv;
  }

  @Override
  public PtNDArray[] tensors() {
    return new PtNDArray[] {
      qkv,
      qkvBias,
      output,
      outputBias,
      hasAttentionNorm ? attentionNorm : none,
      hasAttentionNorm ? attentionNormBias : none,
      up,
      upBias,
      down,
      downBias,
      mlpNorm,
      mlpNormBias,
      distances[0],
      distances[1],
      distances[2],
      distances[3]
    };
  }

  @Override
  public List<Runnable> fill(int layer) {
    copies.clear();
    LayerNames names = config.names();
    String prefix = names.of(layer);
    hasAttentionNorm = config.hasAttentionNorm(layer);
    inputs(prefix, names.inputs());
    Heads heads = new Heads(config.headDim(), shape.wideHead());
    columns(output, prefix + names.attentionOutput() + ".weight", heads);
    copy(outputBias, prefix + names.attentionOutput() + ".bias");
    if (hasAttentionNorm) {
      copy(attentionNorm, prefix + names.attentionNorm() + ".weight");
      copy(attentionNormBias, prefix + names.attentionNorm() + ".bias");
    }
    int inner = config.intermediateSize();
    Heads parts = new Heads(inner, shape.wideInner());
    Rows ups = new Rows(0, config.inner().parts() * inner);
    rows(up, upBias, 0, prefix + names.up(), ups, parts, RowOrder.STORED);
    columns(down, prefix + names.down() + ".weight", parts);
    copy(downBias, prefix + names.down() + ".bias");
    copy(mlpNorm, prefix + names.mlpNorm() + ".weight");
    copy(mlpNormBias, prefix + names.mlpNorm() + ".bias");
    if (config.sight() instanceof Sight.Distances by && !by.shared()) {
      Rows all = new Rows(0, config.hiddenSize());
      if (by.keys()) {
        String name = prefix + EncoderConfig.DISTANCE_KEYS;
        rows(distances[0], distances[1], 0, name, all, heads, RowOrder.STORED);
      }
      if (by.queries()) {
        String name = prefix + EncoderConfig.DISTANCE_QUERIES;
        rows(distances[2], distances[3], 0, name, all, heads, RowOrder.STORED);
      }
    }
    return List.copyOf(copies);
  }

  /** Query, key and value, each a tensor of its own or a third of one. */
  private void inputs(String prefix, List<String> inputs) {
    Heads heads = new Heads(config.headDim(), shape.wideHead());
    int hidden = config.hiddenSize();
    for (int part = 0; part < 3; part++) {
      boolean alone = inputs.size() == 3;
      RowOrder order =
          part < 2 && config.sight() instanceof Sight.Turned
              ? RowOrder.INTERLEAVED
              : RowOrder.STORED;
      rows(
          qkv,
          qkvBias,
          part * shape.wideHeads(),
          prefix + inputs.get(alone ? part : 0),
          alone ? new Rows(0, hidden) : new Rows(part * hidden, (part + 1) * hidden),
          heads,
          order);
    }
  }

  private void rows(
      PtNDArray matrix,
      PtNDArray bias,
      int row,
      String name,
      Rows rows,
      Heads heads,
      RowOrder order) {
    PtNDArray weights = stored.tensor(name + ".weight");
    Precision precision = machine.processor().precision();
    copies.add(() -> program.widenHeads(matrix, row, weights, rows, precision, heads, order));
    if (bias != none) {
      PtNDArray numbers = stored.tensor(name + ".bias");
      copies.add(() -> program.widenHeads(bias, row, numbers, rows, Precision.FP32, heads, order));
    }
  }

  private void columns(PtNDArray matrix, String name, Heads heads) {
    PtNDArray weights = stored.tensor(name);
    Precision precision = machine.processor().precision();
    copies.add(() -> program.widenColumns(matrix, weights, precision, heads));
  }

  private void copy(PtNDArray vector, String name) {
    if (vector != none) {
      PtNDArray numbers = stored.tensor(name);
      copies.add(() -> machine.program().widen(vector, 0, numbers, Precision.FP32, none));
    }
  }
}
