package io.touchstone.engine;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.touchstone.batch.AttentionPlan;
import io.touchstone.batch.MicroBatch;
import io.touchstone.batch.PackedLoad;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.DecoderConfig;
import io.touchstone.checkpoint.Rotary;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.ScorerException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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

  private static final int MICRO_BATCH_TOKENS = 2_048;
  private static final int LOAD_TOKENS = 16_384;

  private final DecoderConfig config;
  private final TorchProgram program;
  private final StoredWeights stored;
  private final WidenedLayer layer;
  private final ReadOutHead head;
  private final long[] shape;
  private PtNDArray angles;
  private PtNDArray triangle;

  /** One thread computes: libtorch keeps a pool of its own for each thread that calls it. */
  private final ExecutorService computing =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "forward-pass");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param headTensor holds the head's rows
   * @param firstRow the first of its rows that is read
   * @param rows how many are read
   */
  static DecoderForwardPass open(Checkpoint checkpoint, String headTensor, int firstRow, int rows) {
    TorchProgram program = TorchProgram.load("decoder.py", Device.cpu());
    try {
      return new DecoderForwardPass(checkpoint, program, headTensor, firstRow, rows);
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  private DecoderForwardPass(
      Checkpoint checkpoint, TorchProgram program, String headTensor, int firstRow, int rows) {
    this.config = checkpoint.decoder();
    this.program = program;
    this.stored = new StoredWeights(checkpoint, program);
    this.layer = new WidenedLayer(config, stored, program);
    this.head =
        new ReadOutHead(
            stored.vector("model.norm.weight"),
            stored.rows(headTensor, firstRow, rows),
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
    try {
      return computing.submit(() -> compute(load)).get();
    } catch (ExecutionException e) {
      throw new ScorerException(
          "the forward pass over a load of " + load.tokens() + " tokens failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScorerException("the forward pass was interrupted", e);
    }
  }

  private float[][] compute(PackedLoad load) {
    // Fusion would be tried anew for each shape, and every load has another.
    JniUtils.setGraphExecutorOptimize(false);
    int tokens = Math.max(load.tokens(), LEAST_ROWS);
    int[] positions = Arrays.copyOf(load.positions(), tokens);
    grow(Arrays.stream(positions).max().getAsInt() + 1, AttentionPlan.longestMasked(load));
    List<MicroBatch> batches = MicroBatch.cut(load, MICRO_BATCH_TOKENS, LEAST_ROWS);
    try (PtNDManager manager = program.manager().newSubManager(Device.cpu())) {
      PtNDArray ids = vector(manager, Arrays.copyOf(load.ids(), tokens));
      PtNDArray places = vector(manager, positions);
      PtNDArray hidden =
          program.tensor(manager, "embed", stored.tensor("model.embed_tokens.weight"), ids);
      for (int l = 0; l < config.layers() - 1; l++) {
        PtNDArray[] weights = layer.load(l);
        for (MicroBatch batch : batches) {
          program.run(
              "layer",
              hidden,
              batch.firstToken(),
              end(batch, load, tokens),
              weights,
              shape,
              config.rmsNormEps(),
              angles,
              places,
              AttentionPlan.blocks(load, batch),
              triangle,
              MICRO_BATCH_TOKENS);
        }
      }
      return readOut(load, batches, hidden, places, manager);
    }
  }

  private float[][] readOut(
      PackedLoad load,
      List<MicroBatch> batches,
      PtNDArray hidden,
      PtNDArray places,
      PtNDManager manager) {
    PtNDArray[] weights = layer.load(config.layers() - 1);
    int count = load.readOuts().length;
    int[] readOuts = Arrays.copyOf(load.readOuts(), Math.max(count, LEAST_ROWS));
    Arrays.fill(readOuts, count, readOuts.length, readOuts[0]);
    PtNDArray[] read =
        program.tensors(
            manager,
            "last_queries",
            hidden,
            vector(manager, readOuts),
            weights,
            shape,
            config.rmsNormEps(),
            angles,
            places);
    PtNDArray states = read[0];
    PtNDArray attended = (PtNDArray) manager.zeros(read[1].getShape(), DataType.FLOAT32);
    for (MicroBatch batch : batches) {
      program.run(
          "last_layer",
          hidden,
          batch.firstToken(),
          end(batch, load, hidden.getShape().get(0)),
          weights,
          shape,
          config.rmsNormEps(),
          angles,
          places,
          AttentionPlan.readOuts(load, batch),
          read[1],
          attended);
    }
    program.run("finish", states, attended, weights, config.rmsNormEps(), MICRO_BATCH_TOKENS);
    float[] flat = states.toFloatArray();
    float[][] rewards = new float[count][];
    for (int r = 0; r < count; r++) {
      rewards[r] = head.read(flat, r * config.hiddenSize());
    }
    return rewards;
  }

  /** The last micro-batch takes along the rows that fill up a small load. */
  private static int end(MicroBatch batch, PackedLoad load, long tokens) {
    return batch.endToken() == load.tokens() ? (int) tokens : batch.endToken();
  }

  private void grow(int positions, int masked) {
    if (angles.getShape().get(0) < positions) {
      angles.close();
      angles = anglesFor(Integer.highestOneBit(positions) * 2);
    }
    if (triangle.getShape().get(0) < masked) {
      triangle.close();
      triangle = triangleFor(masked);
    }
  }

  private PtNDArray triangleFor(int size) {
    return program.tensor(program.manager(), "triangle", size);
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
    return program.tensor(
        program.manager(), "rotary", positions, config.headDim(), rotary.theta(), kind, scaling);
  }

  private static PtNDArray vector(PtNDManager manager, int[] values) {
    return (PtNDArray)
        manager
            .create(java.nio.IntBuffer.wrap(values), new Shape(values.length), DataType.INT32)
            .toType(DataType.INT64, false);
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
    computing.shutdown();
    program.close();
  }
}
