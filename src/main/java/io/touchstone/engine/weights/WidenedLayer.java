package io.touchstone.engine.weights;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Decoder;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

  public WidenedLayer(DecoderConfig config, StoredWeights stored, Machine machine) {
    this.config = config;
    this.stored = stored;
    this.machine = machine;
    this.precision = machine.processor().precision();
    long hidden = config.hiddenSize();
    long inner = config.intermediateSize();
    long queries = (long) config.heads() * config.headDim();
    long all = queries + 2L * config.kvHeads() * config.headDim();
    none = buffer(0);
    qkv = matrix(all, hidden);
    qkvBias = hasInputBias() ? buffer(all) : none;
    output = matrix(hidden, queries);
    outputBias = config.attentionBias().o() ? buffer(hidden) : none;
    gateUp = matrix(2 * inner, hidden);
    gateUpBias = config.mlpBias() ? buffer(2 * inner) : none;
    down = matrix(hidden, inner);
    downBias = config.mlpBias() ? buffer(hidden) : none;
    queryNorm = config.qkNorm() ? buffer(config.headDim()) : none;
    keyNorm = config.qkNorm() ? buffer(config.headDim()) : none;
    inputNorm = foldsNorms() ? none : buffer(hidden);
    mlpNorm = foldsNorms() ? none : buffer(hidden);
  }

  private PtNDArray matrix(long... shape) {
    return machine.buffer(machine.device(), machine.processor().matrixType(), shape);
  }

  private PtNDArray buffer(long... shape) {
    return machine.buffer(machine.device(), Precision.FP32.torchType(), shape);
  }

  private boolean foldsNorms() {
    return precision.foldsNorms();
  }

  private boolean hasInputBias() {
    return config.attentionBias().q() || config.attentionBias().k() || config.attentionBias().v();
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
      gateUp,
      gateUpBias,
      down,
      downBias,
      queryNorm,
      keyNorm,
      inputNorm,
      mlpNorm
    };
  }

  @Override
  public List<Runnable> fill(int layer) {
    List<Runnable> copies = new ArrayList<>();
    String prefix = LayerStream.prefix(layer);
    String attention = prefix + "self_attn.";
    String mlp = prefix + "mlp.";
    String beforeAttention = prefix + "input_layernorm.weight";
    String beforeMlp = prefix + "post_attention_layernorm.weight";
    PtNDArray first = foldsNorms() ? stored.tensor(beforeAttention) : none;
    PtNDArray second = foldsNorms() ? stored.tensor(beforeMlp) : none;
    int queries = config.heads() * config.headDim();
    int keys = config.kvHeads() * config.headDim();
    int inner = config.intermediateSize();
    copies.add(widen(gateUp, 0, mlp + "gate_proj.weight", second));
    copies.add(widen(gateUp, inner, mlp + "up_proj.weight", second));
    copies.add(widen(down, 0, mlp + "down_proj.weight", none));
    copies.add(interleave(qkv, 0, attention + "q_proj.weight", first));
    copies.add(interleave(qkv, queries, attention + "k_proj.weight", first));
    copies.add(widen(qkv, queries + keys, attention + "v_proj.weight", first));
    copies.add(widen(output, 0, attention + "o_proj.weight", none));
    if (config.attentionBias().q()) {
      copies.add(interleave(qkvBias, 0, attention + "q_proj.bias", none));
    }
    if (config.attentionBias().k()) {
      copies.add(interleave(qkvBias, queries, attention + "k_proj.bias", none));
    }
    if (config.attentionBias().v()) {
      copies.add(widen(qkvBias, queries + keys, attention + "v_proj.bias", none));
    }
    if (config.attentionBias().o()) {
      copies.add(widen(outputBias, 0, attention + "o_proj.bias", none));
    }
    if (config.mlpBias()) {
      copies.add(widen(gateUpBias, 0, mlp + "gate_proj.bias", none));
      copies.add(widen(gateUpBias, inner, mlp + "up_proj.bias", none));
      copies.add(widen(downBias, 0, mlp + "down_proj.bias", none));
    }
    if (config.qkNorm()) {
      copies.add(interleave(queryNorm, 0, attention + "q_norm.weight", none));
      copies.add(interleave(keyNorm, 0, attention + "k_norm.weight", none));
    }
    if (!foldsNorms()) {
      copies.add(widen(inputNorm, 0, beforeAttention, none));
      copies.add(widen(mlpNorm, 0, beforeMlp, none));
    }
    return copies;
  }

  private Runnable widen(PtNDArray into, int row, String name, PtNDArray norm) {
    return withMatrix(name, matrix -> machine.program().widen(into, row, matrix, precision, norm));
  }

  private Runnable interleave(PtNDArray into, int row, String name, PtNDArray norm) {
    int dim = config.headDim();
    return withMatrix(
        name,
        matrix -> machine.program().widenInterleaved(into, row, matrix, precision, norm, dim));
  }

  /** With what an adapter adds, in fp32. */
  private Runnable withMatrix(String name, Consumer<PtNDArray> copy) {
    PtNDArray tensor = stored.tensor(name);
    Optional<Decoder.Addend> addend = stored.addend(name);
    if (addend.isEmpty()) {
      return () -> copy.accept(tensor);
    }
    return () -> {
      try (PtNDManager own = machine.hostForAWhile()) {
        copy.accept(machine.program().sum(own, tensor, addend.get()));
      }
    };
  }
}
