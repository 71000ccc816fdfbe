package io.touchstone.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer's weights as the program wants them, in fp32. The buffers are used again for each
 * layer: fresh ones would cost more than the conversion.
 */
final class WidenedLayer {
  private final DecoderConfig config;
  private final StoredWeights stored;
  private final TorchProgram program;
  private final Workers workers;
  private final List<Runnable> copies = new ArrayList<>();
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

  WidenedLayer(DecoderConfig config, StoredWeights stored, TorchProgram program, Workers workers) {
    this.config = config;
    this.stored = stored;
    this.program = program;
    this.workers = workers;
    PtNDManager manager = program.manager();
    long hidden = config.hiddenSize();
    long inner = config.intermediateSize();
    long queries = (long) config.heads() * config.headDim();
    long all = queries + 2L * config.kvHeads() * config.headDim();
    none = zeros(manager, 0);
    qkv = zeros(manager, all, hidden);
    qkvBias = hasInputBias() ? zeros(manager, all) : none;
    output = zeros(manager, hidden, queries);
    outputBias = config.attentionBias().o() ? zeros(manager, hidden) : none;
    gateUp = zeros(manager, 2 * inner, hidden);
    gateUpBias = config.mlpBias() ? zeros(manager, 2 * inner) : none;
    down = zeros(manager, hidden, inner);
    downBias = config.mlpBias() ? zeros(manager, hidden) : none;
    queryNorm = config.qkNorm() ? zeros(manager, config.headDim()) : none;
    keyNorm = config.qkNorm() ? zeros(manager, config.headDim()) : none;
  }

  private static PtNDArray zeros(PtNDManager manager, long... shape) {
    return (PtNDArray) manager.zeros(new Shape(shape), DataType.FLOAT32);
  }

  /** Fills the buffers with a layer's weights: in the order that the program documents. */
  PtNDArray[] load(int layer) {
    String prefix = "model.layers." + layer + ".";
    String attention = prefix + "self_attn.";
    String mlp = prefix + "mlp.";
    PtNDArray inputNorm = stored.tensor(prefix + "input_layernorm.weight");
    int queries = config.heads() * config.headDim();
    int keys = config.kvHeads() * config.headDim();
    interleave(qkv, 0, attention + "q_proj.weight", inputNorm);
    interleave(qkv, queries, attention + "k_proj.weight", inputNorm);
    widen(qkv, queries + keys, attention + "v_proj.weight", inputNorm);
    if (config.attentionBias().q()) {
      interleave(qkvBias, 0, attention + "q_proj.bias", none);
    }
    if (config.attentionBias().k()) {
      interleave(qkvBias, queries, attention + "k_proj.bias", none);
    }
    if (config.attentionBias().v()) {
      widen(qkvBias, queries + keys, attention + "v_proj.bias", none);
    }
    widen(output, 0, attention + "o_proj.weight", none);
    if (config.attentionBias().o()) {
      widen(outputBias, 0, attention + "o_proj.bias", none);
    }
    PtNDArray mlpNorm = stored.tensor(prefix + "post_attention_layernorm.weight");
    widen(gateUp, 0, mlp + "gate_proj.weight", mlpNorm);
    widen(gateUp, config.intermediateSize(), mlp + "up_proj.weight", mlpNorm);
    widen(down, 0, mlp + "down_proj.weight", none);
    if (config.mlpBias()) {
      widen(gateUpBias, 0, mlp + "gate_proj.bias", none);
      widen(gateUpBias, config.intermediateSize(), mlp + "up_proj.bias", none);
      widen(downBias, 0, mlp + "down_proj.bias", none);
    }
    if (config.qkNorm()) {
      interleave(queryNorm, 0, attention + "q_norm.weight", none);
      interleave(keyNorm, 0, attention + "k_norm.weight", none);
    }
    workers.run(copies);
    copies.clear();
    return new PtNDArray[] {
      qkv, qkvBias, output, outputBias, gateUp, gateUpBias, down, downBias, queryNorm, keyNorm
    };
  }

  private boolean hasInputBias() {
    return config.attentionBias().q() || config.attentionBias().k() || config.attentionBias().v();
  }

  private void widen(PtNDArray into, int row, String name, PtNDArray norm) {
    PtNDArray tensor = stored.tensor(name);
    copies.add(() -> program.run("widen", into, row, tensor, norm));
  }

  private void interleave(PtNDArray into, int row, String name, PtNDArray norm) {
    PtNDArray tensor = stored.tensor(name);
    int dim = config.headDim();
    copies.add(() -> program.run("widen_interleaved", into, row, tensor, norm, dim));
  }
}
