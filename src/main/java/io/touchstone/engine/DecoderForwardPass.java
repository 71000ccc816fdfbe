package io.touchstone.engine;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.AttentionPlan;
import io.touchstone.batch.MicroBatch;
import io.touchstone.batch.PackedLoad;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.DecoderConfig;
import io.touchstone.checkpoint.Rotary;
import io.touchstone.scoring.ForwardPass;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A decoder run layer by layer over a whole load, weights widened from the mapped files as their
 * turn comes.
 */
final class DecoderForwardPass implements ForwardPass {

  /**
   * Below this many rows matrix products take other kernels, and bits would depend on a token's
   * company (seen with MKL in libtorch 2.7.1: from 16 rows on they did not).
   */
  private static final int LEAST_ROWS = 64;

  /** Enough rows to run at the machine's full rate, few enough to have work for every thread. */
  private static final int MICRO_BATCH_TOKENS = 512;

  private static final int LOAD_TOKENS = 16_384;

  private final DecoderConfig config;
  private final TorchProgram program;
  private final StoredWeights stored;
  private final WidenedLayer layer;
  private final ReadOutHead head;
  private final long[] shape;
  private final Workers workers;
  private PtNDArray angles;
  private PtNDArray triangle;

  /**
   * Rows of the head that are read.
   *
   * @param tensor that holds them
   */
  record HeadRows(String tensor, int first, int count) {}

  static DecoderForwardPass open(Checkpoint checkpoint, HeadRows head, int threads) {
    TorchProgram program = TorchProgram.load("decoder.py", Device.cpu());
    try {
      return new DecoderForwardPass(checkpoint, program, head, threads);
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  private DecoderForwardPass(
      Checkpoint checkpoint, TorchProgram program, HeadRows read, int threads) {
    this.config = checkpoint.decoder();
    this.program = program;
    this.stored = new StoredWeights(checkpoint, program);
    this.workers = new Workers(threads);
    this.layer = new WidenedLayer(config, stored, program, workers);
    this.head =
        new ReadOutHead(
            stored.vector("model.norm.weight"),
            stored.rows(read.tensor, read.first, read.count),
            config.rmsNormEps());
    this.shape =
        new long[] {
          config.hiddenSize(),
          config.heads(),
          config.kvHeads(),
          config.headDim(),
          config.intermediateSize()
        };
    this.angles = anglesFor(1_024);
    this.triangle = triangleFor(64);
  }

  @Override
  public float[][] score(PackedLoad load) {
    if (load.readOuts().length == 0) {
      return new float[0][];
    }
    int tokens = Math.max(load.tokens(), LEAST_ROWS);
    int[] positions = Arrays.copyOf(load.positions(), tokens);
    float[][] rewards = new float[load.readOuts().length][];
    try (PtNDManager manager = program.manager().newSubManager(Device.cpu())) {
      grow(Arrays.stream(positions).max().getAsInt() + 1, AttentionPlan.longestMasked(load));
      Pass pass = new Pass(load, tokens, manager, positions);
      for (int l = 0; l < config.layers() - 1; l++) {
        pass.layer(layer.load(l));
      }
      pass.lastLayer(layer.load(config.layers() - 1), rewards);
    }
    return rewards;
  }

  /** One load on its way through the layers. */
  private final class Pass {
    private final PackedLoad load;
    private final int tokens;
    private final PtNDManager manager;
    private final List<MicroBatch> batches;
    private final PtNDArray places;
    private final PtNDArray hidden;
    private final PtNDArray keysValues;

    /**
     * @param tokens rows of the hidden states: those of the load, and more where it is too small
     */
    Pass(PackedLoad load, int tokens, PtNDManager manager, int[] positions) {
      this.load = load;
      this.tokens = tokens;
      this.manager = manager;
      this.batches = MicroBatch.cut(load, MICRO_BATCH_TOKENS, LEAST_ROWS);
      this.places = vector(positions);
      this.keysValues = zeros(tokens, 2L * config.kvHeads() * config.headDim());
      PtNDArray ids = vector(Arrays.copyOf(load.ids(), tokens));
      PtNDArray table = stored.tensor("model.embed_tokens.weight");
      this.hidden = workers.call(() -> program.tensor(manager, "embed", table, ids));
    }

    void layer(PtNDArray[] weights) {
      keysValues(weights);
      runAll(
          batches,
          batch ->
              program.run(
                  "layer",
                  hidden,
                  batch.first(),
                  end(batch),
                  weights,
                  shape,
                  config.rmsNormEps(),
                  angles,
                  places,
                  keysValues,
                  batch.plan(),
                  triangle));
    }

    void lastLayer(PtNDArray[] weights, float[][] rewards) {
      keysValues(weights);
      int[] readOuts = Arrays.copyOf(load.readOuts(), Math.max(rewards.length, LEAST_ROWS));
      Arrays.fill(readOuts, rewards.length, readOuts.length, readOuts[0]);
      PtNDArray asked = vector(readOuts);
      PtNDArray states = zeros(readOuts.length, config.hiddenSize());
      runAll(
          Rows.cut(readOuts.length, 2 * LEAST_ROWS),
          part ->
              program.run(
                  "last_layer",
                  hidden,
                  asked,
                  part.first(),
                  part.end(),
                  weights,
                  shape,
                  config.rmsNormEps(),
                  angles,
                  places,
                  keysValues,
                  AttentionPlan.readOuts(load, part),
                  states));
      float[] flat = states.toFloatArray();
      for (int r = 0; r < rewards.length; r++) {
        rewards[r] = head.read(flat, r * config.hiddenSize());
      }
    }

    private void keysValues(PtNDArray[] weights) {
      runAll(
          Rows.cut(tokens, MICRO_BATCH_TOKENS),
          part ->
              program.run(
                  "keys_values",
                  hidden,
                  part.first(),
                  part.end(),
                  weights,
                  shape,
                  config.rmsNormEps(),
                  angles,
                  places,
                  keysValues));
    }

    private <T> void runAll(List<T> parts, Consumer<T> work) {
      workers.run(parts.stream().<Runnable>map(part -> () -> work.accept(part)).toList());
    }

    private PtNDArray zeros(long... sizes) {
      return (PtNDArray) manager.zeros(new Shape(sizes), DataType.FLOAT32);
    }

    /** The last micro-batch takes along the rows that fill up a small load. */
    private int end(MicroBatch batch) {
      return batch.end() == load.tokens() ? tokens : batch.end();
    }

    private PtNDArray vector(int[] values) {
      return (PtNDArray)
          manager
              .create(IntBuffer.wrap(values), new Shape(values.length), DataType.INT32)
              .toType(DataType.INT64, false);
    }
  }

  private void grow(int positions, int masked) {
    if (angles.getShape().get(0) < positions) {
      angles.close();
      angles = anglesFor(positions);
    }
    if (triangle.getShape().get(0) < masked) {
      triangle.close();
      triangle = triangleFor(masked);
    }
  }

  private PtNDArray triangleFor(int size) {
    return workers.call(() -> program.tensor(program.manager(), "triangle", size));
  }

  private PtNDArray anglesFor(int positions) {
    Rotary rotary = config.rotary();
    int kind = 0;
    double[] scaling = {};
    if (rotary instanceof Rotary.Linear linear) {
      kind = 1;
      scaling = new double[] {linear.factor()};
    } else if (rotary instanceof Rotary.Llama3 llama3) {
      kind = 2;
      scaling =
          new double[] {
            llama3.factor(),
            llama3.lowFreqFactor(),
            llama3.highFreqFactor(),
            llama3.originalMaxPositionEmbeddings()
          };
    }
    Object[] arguments = {
      (positions + 1_023) / 1_024, config.headDim(), rotary.theta(), kind, scaling
    };
    return workers.call(() -> program.tensor(program.manager(), "rotary", arguments));
  }

  @Override
  public int outputs() {
    return head.outputs();
  }

  @Override
  public int loadTokens() {
    return LOAD_TOKENS;
  }

  @Override
  public void close() {
    workers.close();
    program.close();
  }
}
