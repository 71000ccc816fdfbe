package io.touchstone.engine.weights;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Experts;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.LayerMatrices;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.checkpoint.config.StoredMatrix;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Decoder;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One layer's weights as the program wants them. The buffers are used again for other layers: fresh
 * ones would cost more than the conversion.
 */
public final class WidenedLayer implements LayerWeights {
  private final DecoderConfig config;
  private final StoredWeights stored;
  private final Machine machine;
  private final Precision precision;
  private final PtNDArray none;
  private final PtNDArray qkv;
  private final PtNDArray qkvBias;
  private final PtNDArray output;
  private final PtNDArray outputBias;
  private final PtNDArray gateUp;
  private final PtNDArray gateUpBias;
  private final PtNDArray down;
  private final PtNDArray downBias;
  private final PtNDArray queryNorm;
  private final PtNDArray keyNorm;
  private final PtNDArray inputNorm;
  private final PtNDArray mlpNorm;
  private final PtNDArray attendedNorm;
  private final PtNDArray addedNorm;
  private final Optional<WidenedExperts> experts;
  private int held;

  public WidenedLayer(DecoderConfig config, StoredWeights stored, Machine machine) {
    this.config = config;
    this.stored = stored;
    this.machine = machine;
    this.precision = machine.processor().precision();
    long hidden = config.hiddenSize();
    long inner = config.intermediateSize();
    long queries = config.sizes().queryRows();
    long keys = config.sizes().keyRows();
    long widened = config.mlp().gated() ? 2 * inner : inner;
    boolean mlpBias = config.mlp().bias();
    none = buffer(0);
    qkv =
        machine.buffer(
            machine.device(), machine.processor().tableType(), queries + 2 * keys, hidden);
    qkvBias = bufferIf(hasInputBias(), queries + 2 * keys);
    output = matrix(hidden, queries);
    outputBias = bufferIf(config.attention().bias().o(), hidden);
    boolean dense = config.mlp().isDenseSomewhere(config.layers());
    experts =
        config.mlp().experts().map(some -> new WidenedExperts(some, config.hiddenSize(), machine));
    gateUp = dense ? matrix(widened, hidden) : none;
    gateUpBias = bufferIf(mlpBias, widened);
    down = dense ? matrix(hidden, inner) : none;
    downBias = bufferIf(mlpBias, hidden);
    Optional<HeadNorms> heads = config.attention().headNorms();
    boolean all = heads.map(norms -> norms.extent() == HeadNorms.Extent.ALL_HEADS).orElse(false);
    queryNorm = bufferIf(heads.isPresent(), all ? queries : config.headDim());
    keyNorm = bufferIf(heads.isPresent(), all ? keys : config.headDim());
    Norms norms = config.norms();
    long[] norm =
        norms.kind() == Norms.Kind.LAYER ? new long[] {2, 1, hidden} : new long[] {hidden};
    inputNorm = bufferIf(norms.beforeAttention().isPresent() && !foldsNorms(), norm);
    mlpNorm = bufferIf(norms.beforeMlp().isPresent() && !foldsMlpNorm(), norm);
    attendedNorm = bufferIf(norms.afterAttention().isPresent(), norm);
    addedNorm = bufferIf(norms.afterMlp().isPresent(), norm);
  }

  /** Numbers in the matrices of a layer's experts. */
  public static long expertNumbers(Experts experts, long hidden) {
    return WidenedExperts.numbers(experts, hidden);
  }

  private PtNDArray matrix(long... shape) {
    return machine.buffer(machine.device(), machine.processor().matrixType(), shape);
  }

  private PtNDArray buffer(long... shape) {
    return machine.buffer(machine.device(), Precision.FP32.torchType(), shape);
  }

  private PtNDArray bufferIf(boolean there, long... shape) {
    return there ? buffer(shape) : none;
  }

  /** Biases of norms do not go into the matrix behind them. */
  private boolean foldsNorms() {
    return precision.foldsNorms() && config.norms().kind() != Norms.Kind.LAYER;
  }

  /** A router's product takes normed numbers of its own. */
  private boolean foldsMlpNorm() {
    return foldsNorms() && experts.isEmpty();
  }

  private boolean hasInputBias() {
    AttentionBias bias = config.attention().bias();
    return bias.q() || bias.k() || bias.v();
  }

  @Override
  public PtNDArray any() {
    return qkv;
  }

  @Override
  public PtNDArray[] tensors() {
    boolean dense = config.mlp().isDense(held);
    return new PtNDArray[] {
      qkv,
      qkvBias,
      output,
      outputBias,
      dense ? gateUp : none,
      gateUpBias,
      dense ? down : none,
      downBias,
      queryNorm,
      keyNorm,
      inputNorm,
      mlpNorm,
      attendedNorm,
      addedNorm,
      dense ? none : experts.orElseThrow().router(),
      dense ? none : experts.orElseThrow().gateUp(),
      dense ? none : experts.orElseThrow().down()
    };
  }

  @Override
  public List<Runnable> fill(int layer) {
    held = layer;
    Norms norms = config.norms();
    Copies copies = new Copies(config.names().layer(layer));
    LayerMatrices names = config.names().matrices();
    PtNDArray first = copies.folded(norms.beforeAttention());
    PtNDArray second = foldsMlpNorm() ? copies.folded(norms.beforeMlp()) : none;
    AttentionBias bias = config.attention().bias();
    int queries = config.sizes().queryRows();
    int keys = config.sizes().keyRows();
    int up = config.mlp().gated() ? config.intermediateSize() : 0;
    if (config.mlp().isDense(layer)) {
      names.gate().ifPresent(gate -> copies.matrix(gateUp, 0, gate, second));
      copies.matrix(gateUp, up, names.up(), second);
      copies.matrix(down, 0, names.down(), none);
    } else {
      copies.experts(experts.orElseThrow());
    }
    copies.turned(qkv, 0, names.query(), first);
    copies.turned(qkv, queries, names.key(), first);
    copies.matrix(qkv, queries + keys, names.value(), first);
    copies.matrix(output, 0, names.output(), none);
    if (bias.q()) {
      copies.turnedBias(qkvBias, 0, names.query());
    }
    if (bias.k()) {
      copies.turnedBias(qkvBias, queries, names.key());
    }
    if (bias.v()) {
      copies.bias(qkvBias, queries + keys, names.value());
    }
    if (bias.o()) {
      copies.bias(outputBias, 0, names.output());
    }
    if (config.mlp().bias()) {
      names.gate().ifPresent(gate -> copies.bias(gateUpBias, 0, gate));
      copies.bias(gateUpBias, up, names.up());
      copies.bias(downBias, 0, names.down());
    }
    config
        .attention()
        .headNorms()
        .ifPresent(
            heads -> {
              copies.turnedNorm(queryNorm, heads.query());
              copies.turnedNorm(keyNorm, heads.key());
            });
    if (!foldsNorms()) {
      copies.norm(inputNorm, norms.beforeAttention());
    }
    if (!foldsMlpNorm()) {
      copies.norm(mlpNorm, norms.beforeMlp());
    }
    copies.norm(attendedNorm, norms.afterAttention());
    copies.norm(addedNorm, norms.afterMlp());
    return copies.tasks;
  }

  /** Copies of stored tensors into the buffers. */
  private final class Copies {
    private final String prefix;
    private final List<Runnable> tasks = new ArrayList<>();

    Copies(String prefix) {
      this.prefix = prefix;
    }

    /** Weights of a norm that go into the matrix behind it, or none. */
    PtNDArray folded(Optional<String> norm) {
      return norm.filter(name -> foldsNorms()).map(this::normOf).orElse(none);
    }

    private PtNDArray normOf(String name) {
      return stored.norm(prefix + name + ".weight", config.norms());
    }

    void matrix(PtNDArray into, int row, StoredMatrix from, PtNDArray norm) {
      copy(from, StoredMatrix.Part::weight, row, widening(into, norm));
    }

    /** The router is fp32 whatever the precision of products. */
    void experts(WidenedExperts into) {
      Experts all = into.experts();
      PtNDArray router = stored.tensor(prefix + all.router());
      tasks.add(() -> program().widen(into.router(), 0, router, Precision.FP32, none));
      for (int expert = 0; expert < all.count(); expert++) {
        int row = 2 * all.inner() * expert;
        matrix(into.gateUp(), row, all.gate(expert), none);
        matrix(into.gateUp(), row + all.inner(), all.up(expert), none);
        int hidden = config.hiddenSize();
        matrix(into.down(), hidden * expert, all.down(expert, hidden), none);
      }
    }

    void bias(PtNDArray into, int row, StoredMatrix from) {
      copy(from, StoredMatrix.Part::bias, row, widening(into, none));
    }

    void turned(PtNDArray into, int row, StoredMatrix from, PtNDArray norm) {
      copy(from, StoredMatrix.Part::weight, row, interleaving(into, norm));
    }

    void turnedBias(PtNDArray into, int row, StoredMatrix from) {
      copy(from, StoredMatrix.Part::bias, row, interleaving(into, none));
    }

    void norm(PtNDArray into, Optional<String> norm) {
      norm.map(this::normOf)
          .ifPresent(
              weights -> tasks.add(() -> program().widen(into, 0, weights, ofNorms(), none)));
    }

    void turnedNorm(PtNDArray into, String norm) {
      PtNDArray weights = normOf(norm);
      int dim = config.headDim();
      int turned = config.rotary().dims();
      tasks.add(() -> program().widenInterleaved(into, 0, weights, ofNorms(), none, dim, turned));
    }

    private void copy(
        StoredMatrix from, Function<StoredMatrix.Part, String> name, int first, Copy copy) {
      int row = first;
      for (StoredMatrix.Part part : from.parts()) {
        int at = row;
        tasks.add(withRows(prefix + name.apply(part), part, rows -> copy.copy(at, rows)));
        row += part.rows();
      }
    }
  }

  /** One and a weight are added in fp32, and stay so; so do biases of norms. */
  private Precision ofNorms() {
    return config.norms().kind() == Norms.Kind.RMS ? precision : Precision.FP32;
  }

  private Decoder program() {
    return machine.program();
  }

  /** Brings rows to their place. */
  private interface Copy {
    void copy(int row, PtNDArray rows);
  }

  private Copy widening(PtNDArray into, PtNDArray norm) {
    return (row, rows) -> program().widen(into, row, rows, precision, norm);
  }

  private Copy interleaving(PtNDArray into, PtNDArray norm) {
    int dim = config.headDim();
    int turned = config.rotary().dims();
    return (row, rows) -> program().widenInterleaved(into, row, rows, precision, norm, dim, turned);
  }

  /** Multiplied by their scales, and with what an adapter adds, in fp32. */
  private Runnable withRows(String name, StoredMatrix.Part part, Consumer<PtNDArray> copy) {
    PtNDArray tensor = stored.tensor(name);
    Optional<Decoder.Addend> addend = stored.addend(name);
    Optional<Decoder.Scales> scales = stored.scales(name);
    boolean columns =
        part.order() == StoredMatrix.Order.COLUMNS && tensor.getShape().dimension() == 2;
    boolean whole = !columns && part.rows() == tensor.getShape().get(0);
    if (whole && addend.isEmpty() && scales.isEmpty()) {
      return () -> copy.accept(tensor);
    }
    return () -> {
      try (PtNDManager own = machine.hostForAWhile()) {
        PtNDArray numbers =
            scales.isPresent() ? program().scaled(own, tensor, scales.get()) : tensor;
        PtNDArray all = addend.isPresent() ? program().sum(own, numbers, addend.get()) : numbers;
        copy.accept(
            columns
                ? program().columns(own, all, part.first(), part.end())
                : whole ? all : program().passes().rows(own, all, part.first(), part.end()));
      }
    };
  }
}
