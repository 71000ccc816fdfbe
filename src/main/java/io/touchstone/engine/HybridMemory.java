package io.touchstone.engine;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Mixer;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.passes.MambaMemory;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.MambaShape;
import io.touchstone.engine.weights.HybridWeights;

/**
 * What a hybrid takes of memory, where it is other than what a decoder of like layers takes.
 *
 * @param mamba shape of its Mamba layers
 */
record HybridMemory(DecoderConfig config, MambaShape mamba, Processor processor) {

  static HybridMemory of(DecoderConfig config, Processor processor) {
    return new HybridMemory(config, MambaShape.of(config, 0, processor), processor);
  }

  private boolean has(Mixer kind) {
    return config.hybrid().orElseThrow().count(kind) > 0;
  }

  /** Numbers in the largest matrix. */
  private long matrixNumbers() {
    long projected = has(Mixer.MAMBA) ? mamba.width() : 0;
    long attending = (long) (config.heads() + 2 * config.kvHeads()) * config.headDim();
    return config.hiddenSize()
        * Math.max(projected, Math.max(attending, config.intermediateSize()));
  }

  /**
   * Bytes of what a thread makes of a chunk in one group: its rows, what passes the convolution and
   * what becomes of it, decays between all pairs of its tokens in fp64 and fp32, new states.
   */
  private long chunkBytes() {
    if (!has(Mixer.MAMBA)) {
      return 0;
    }
    long chunk = MambaShape.CHUNK;
    long rows =
        (chunk + mamba.before()) * mamba.widthOfGroup()
            + chunk * (3L * mamba.convolvedOfGroup() + 6L * mamba.innerOfGroup());
    long pairs = mamba.headsOfGroup() * chunk * chunk;
    return Float.BYTES * (rows + 3 * groupState()) + pairs * (Double.BYTES + 2 * Float.BYTES);
  }

  /** Numbers of a group's state. */
  private long groupState() {
    return mamba.stateNumbers() / mamba.mamba().groups();
  }

  /** Bytes of a token between a Mamba layer's projections. */
  private long tableBytes() {
    return has(Mixer.MAMBA) ? (long) Float.BYTES * mamba.width() : 0;
  }

  /**
   * Of scoring. For each token of a load also its row between a Mamba layer's projections; for each
   * in a thread its part of a state, as each chunk of a path may have children that begin with it,
   * or its key and value once more.
   */
  MemoryNeed scoring() {
    Kernels kernels = processor.kernels();
    long hidden = config.hiddenSize();
    long queries = (long) config.heads() * config.headDim();
    long keysValues = 2L * config.kvHeads() * config.headDim();
    LayerShape attention = new LayerShape(config, processor);
    long stored = 2L * config.kvHeads() * attention.wideHead();
    long spread = (long) config.heads() * attention.wideHead();
    long layer = processor.matrixBytes() * HybridWeights.mostNumbers(config, processor);
    long mixed =
        Math.max(
            queries + spread + keysValues,
            Math.max(config.intermediateSize(), has(Mixer.MAMBA) ? mamba.width() : 0));
    long row = Float.BYTES * (2 * hidden + mixed);
    if (processor.precision() != Precision.FP32) {
      row += (Short.BYTES + Float.BYTES) * mixed;
    }
    long readOuts = 2L * Float.BYTES * hidden * processor.kernels().readOutsAtOnce();
    long idAndPosition = 2L * (Integer.BYTES + Long.BYTES);
    long maskAndAngles =
        (long) Float.BYTES * (kernels.masks() * kernels.maskRows() + config.headDim());
    long states = has(Mixer.MAMBA) ? groupState() / MambaShape.CHUNK + 1 : 0;
    return new MemoryNeed(
        kernels.engineBytes() + 2 * layer + kernels.arriving(matrixNumbers()) + readOuts,
        kernels.engineBytesPerThread()
            + Math.max(kernels.mostMicroBatchTokens() * row, chunkBytes()),
        Float.BYTES * (hidden + stored) + tableBytes() + 2 * hidden + idAndPosition + maskAndAngles,
        Float.BYTES * Math.max(stored, states),
        kernels.keepsLayers() ? Math.max(0, config.layers() - 2) * layer : 0,
        kernels.usualLoadTokens());
  }

  /** Of generating: the same as of a decoder with as many attending layers, and states. */
  GenerationNeed generating(GenerationNeed attending) {
    long inner = has(Mixer.MAMBA) ? (long) Float.BYTES * mamba.mamba().inner() : 0;
    return attending.with(
        Math.max(chunkBytes(), processor.kernels().mostMicroBatchTokens() * tableBytes()),
        tableBytes() + inner,
        MambaMemory.bytes(mamba, config.hybrid().orElseThrow().count(Mixer.MAMBA)));
  }
}
