package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Gate;
import io.touchstone.checkpoint.config.HeadLayer;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.weights.HybridWeights;
import io.touchstone.engine.weights.WidenedLayer;
import io.touchstone.problem.Problem;
import io.touchstone.scoring.MemoryPlan;
import java.io.Serializable;
import java.util.List;

/**
 * How much memory a forward pass takes, from the model's shapes: a GPU's where one computes, else
 * the machine's.
 *
 * <p>Whatever the load: the weights of two layers, the mask of a sliding window, a head's layers
 * but the last, and for each thread the work space of a micro-batch. For each token of a load: its
 * hidden state, its key and value, its row of the embedding on the way in; and as one conversation
 * may be the whole load, its column of the mask, its angles, and its key and value once more in
 * every thread that puts a path together.
 *
 * @param fixed bytes, whatever the load
 * @param perThread bytes more for each thread
 * @param perToken bytes more for each token of a load
 * @param perTokenInThread bytes more for each token and thread
 * @param otherLayers bytes more to keep the weights of all layers; 0 where two are enough
 * @param streamedLoadTokens usual for a load where layers are not kept
 */
public record MemoryNeed(
    long fixed,
    long perThread,
    long perToken,
    long perTokenInThread,
    long otherLayers,
    int streamedLoadTokens)
    implements Serializable {

  /** Usual where bringing a layer costs nothing, or on a CPU a hundredth of using it. */
  static final int USUAL_LOAD_TOKENS = 16_384;

  /** Fewer tokens than this would mostly wait for weights. */
  private static final int LEAST_LOAD_TOKENS = 1_024;

  /** Of a decoder and its head. */
  public static MemoryNeed of(Checkpoint checkpoint, Processor processor) {
    MemoryNeed need = of(checkpoint.decoder(), processor).summing(checkpoint, processor);
    if (!(checkpoint.head() instanceof RewardHead.Classifier head)) {
      return need;
    }
    List<HeadLayer> layers = head.gate().map(Gate::layers).orElse(head.layers());
    long inputs = checkpoint.decoder().hiddenSize();
    long inner = 0;
    for (HeadLayer layer : layers.subList(0, layers.size() - 1)) {
      long outputs = layer.outputs();
      // Twice what comes of it: the product, and where it is put.
      inner +=
          Float.BYTES
              * (outputs * (inputs + 2L) + 2 * outputs * processor.kernels().readOutsAtOnce());
      inputs = outputs;
    }
    return inner == 0
        ? need
        : new MemoryNeed(
            need.fixed + inner,
            need.perThread,
            need.perToken,
            need.perTokenInThread,
            need.otherLayers,
            need.streamedLoadTokens);
  }

  /**
   * On the host each thread has a matrix in memory that is multiplied by its scales, or that an
   * adapter adds to.
   */
  private MemoryNeed summing(Checkpoint checkpoint, Processor processor) {
    boolean made = checkpoint.adapter().isPresent() || checkpoint.fp8().isPresent();
    if (!made || processor.device().isGpu()) {
      return this;
    }
    DecoderConfig config = checkpoint.decoder();
    long rows = config.names().matrices().mostRows();
    return new MemoryNeed(
        fixed,
        perThread + Float.BYTES * rows * config.hiddenSize(),
        perToken,
        perTokenInThread,
        otherLayers,
        streamedLoadTokens);
  }

  public static MemoryNeed of(DecoderConfig config, Processor processor) {
    if (config.hybrid().isPresent()) {
      return HybridMemory.of(config, processor).scoring();
    }
    Kernels kernels = processor.kernels();
    LayerShape shape = new LayerShape(config, processor);
    long hidden = config.hiddenSize();
    boolean dense = config.mlp().isDenseSomewhere(config.layers());
    long inner = dense ? config.intermediateSize() : 0;
    long queries = (long) config.heads() * config.headDim();
    long keysValues = 2L * config.kvHeads() * config.headDim();
    long wide = shape.wideHead();
    long stored = 2L * config.kvHeads() * wide;
    long spread = config.heads() * wide;
    long layer = layerBytes(config, processor);
    // Hidden states, normed ones, queries, what they attended to, keys and values, gate and up.
    long row = Float.BYTES * (2 * hidden + queries + spread + keysValues + 2 * inner);
    // One expert's rows, what it makes of them, and what all of them weigh.
    row +=
        config
            .mlp()
            .experts()
            .map(some -> Float.BYTES * (3L * hidden + 2L * some.inner() + 3L * some.count()))
            .orElse(0L);
    if (shape.normsBranches()) {
      row += 2L * Float.BYTES * hidden;
    }
    if (processor.precision() != Precision.FP32) {
      row += (Short.BYTES + Float.BYTES) * Math.max(queries, inner);
    }
    long readOuts = 2L * Float.BYTES * hidden * kernels.readOutsAtOnce();
    long states = Float.BYTES * (hidden + stored);
    long embedded = 2 * hidden;
    long idAndPosition = 2L * (Integer.BYTES + Long.BYTES);
    long maskAndAngles =
        (long) Float.BYTES * (kernels.masks() * kernels.maskRows() + shape.anglesOfPosition());
    long windowMask =
        config.window().narrows(config.mostTokens())
            ? (long) Float.BYTES
                * (kernels.masks() * kernels.maskRows())
                * (config.window().tokens() + kernels.maskRows())
            : 0;
    long others = Math.max(0, config.layers() - 2) * layer;
    return new MemoryNeed(
        kernels.engineBytes()
            + 2 * layer
            + kernels.arriving(Math.max(inner, queries) * hidden)
            + readOuts
            + windowMask,
        kernels.engineBytesPerThread()
            + shape.mostMicroBatchTokens() * row
            + shape.cappedBytes(kernels.maskRows()),
        states + embedded + idAndPosition + maskAndAngles,
        Float.BYTES * stored,
        kernels.keepsLayers() ? others : 0,
        kernels.usualLoadTokens());
  }

  /** Bytes of a layer's matrices, the largest where they are of kinds. */
  static long layerBytes(DecoderConfig config, Processor processor) {
    long bytes = processor.matrixBytes() * layerNumbers(config, processor);
    if (config.hybrid().isPresent()) {
      return bytes;
    }
    // What makes queries, keys and values is as wide as these.
    long heads = (config.heads() + 2L * config.kvHeads()) * config.headDim();
    return bytes + (processor.tableBytes() - processor.matrixBytes()) * heads * config.hiddenSize();
  }

  /** Numbers in the matrices of a layer, the largest where they are of kinds. */
  static long layerNumbers(DecoderConfig config, Processor processor) {
    if (config.hybrid().isPresent()) {
      return HybridWeights.mostNumbers(config, processor);
    }
    long hidden = config.hiddenSize();
    long queries = (long) config.heads() * config.headDim();
    long keysValues = 2L * config.kvHeads() * config.headDim();
    long dense =
        config.mlp().isDenseSomewhere(config.layers())
            ? (long) config.mlp().matrices() * config.intermediateSize() * hidden
            : 0;
    // A layer's memory has room for both kinds.
    long experts =
        config
            .mlp()
            .experts()
            .map(some -> WidenedLayer.expertNumbers(some, config.hiddenSize()))
            .orElse(0L);
    return (2 * queries + keysValues) * hidden + dense + experts;
  }

  /**
   * How a replica uses its memory.
   *
   * @param resources of the machine, with none left open
   * @throws IllegalArgumentException if not even a small load fits, or not the load that is asked
   *     for
   */
  public MemoryPlan plan(Resources resources) {
    long budget = resources.memory();
    boolean keeps = keepsAllLayers(resources);
    long always = always(resources) + (keeps ? otherLayers : 0);
    long each = each(resources);
    long least = always + each * LEAST_LOAD_TOKENS;
    if (budget < least) {
      throw new IllegalArgumentException(
          Problem.at("memory")
              .expected(
                  "at least %d bytes for two layers of this model and %d tokens"
                      .formatted(least, LEAST_LOAD_TOKENS))
              .found(budget));
    }
    int most = (int) Math.min(Integer.MAX_VALUE, (budget - always) / each);
    int asked = resources.loadTokens();
    if (asked > most) {
      throw new IllegalArgumentException(
          Problem.at("load tokens")
              .expected("at most " + most + ", which fit " + budget + " bytes of memory")
              .found(asked));
    }
    int usual = keeps ? USUAL_LOAD_TOKENS : streamedLoadTokens;
    int load = asked > 0 ? asked : Math.min(usual, most);
    return new MemoryPlan(budget, always, each, load);
  }

  /** Whether weights are brought once and kept, and not brought for each load. */
  public boolean keepsAllLayers(Resources resources) {
    int tokens = Math.max(USUAL_LOAD_TOKENS, resources.loadTokens());
    return otherLayers > 0
        && always(resources) + otherLayers + each(resources) * tokens <= resources.memory();
  }

  private long always(Resources resources) {
    return fixed + resources.threads() * perThread;
  }

  private long each(Resources resources) {
    return perToken + resources.threads() * perTokenInThread;
  }
}
