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
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ScorerException;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  /**
   * Both ends may be half a block of queries away, and a rest too small to stand alone joins in.
   */
  static final int MOST_MICRO_BATCH_TOKENS = 2 * MICRO_BATCH_TOKENS + LEAST_ROWS;

  /** Rows of the program's mask. */
  static final int MASK_ROWS = 96;

  /** Read-outs whose last hidden states are in memory together. */
  static final int READ_OUTS_AT_ONCE = 1_024;

  private final DecoderConfig config;
  private final TorchProgram program;
  private final StoredWeights stored;
  private final LayerStream layers;
  private final ReadOutHead head;
  private final long[] shape;
  private final Workers workers;
  private final MemoryPlan memory;
  private PtNDArray angles;
  private PtNDArray mask;

  /**
   * Rows of the head that are read.
   *
   * @param tensor that holds them
   */
  record HeadRows(String tensor, int first, int count) {
    @Override
    public String toString() {
      return tensor + "[" + first + ":" + (first + count) + "]";
    }
  }

  /**
   * @throws ScorerException if the model does not fit the memory
   */
  static DecoderForwardPass open(
      Checkpoint checkpoint, HeadRows head, Precision precision, Resources resources) {
    MemoryPlan memory;
    try {
      memory = MemoryNeed.of(checkpoint.decoder(), precision).plan(resources);
    } catch (IllegalArgumentException e) {
      throw new ScorerException(String.valueOf(e.getMessage()), e);
    }
    Workers workers = new Workers(resources.threadsHere());
    TorchProgram program = TorchProgram.load("decoder.py", Device.cpu());
    try {
      return new DecoderForwardPass(
          checkpoint, head, new Machine(program, workers, precision, memory));
    } catch (RuntimeException e) {
      workers.close();
      program.close();
      throw e;
    }
  }

  /** What a model runs on. */
  private record Machine(
      TorchProgram program, Workers workers, Precision precision, MemoryPlan memory) {}

  private DecoderForwardPass(Checkpoint checkpoint, HeadRows read, Machine machine) {
    this.config = checkpoint.decoder();
    this.program = machine.program;
    this.workers = machine.workers;
    this.memory = machine.memory;
    this.stored = new StoredWeights(checkpoint, program);
    this.layers = new LayerStream(config, stored, program, machine.precision, workers);
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
          config.intermediateSize(),
          machine.precision.torchType()
        };
    this.angles = anglesFor(1_024);
    this.mask = maskFor(1_024);
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
      grow(Arrays.stream(positions).max().getAsInt() + 1);
      Pass pass = new Pass(load, tokens, manager, positions);
      for (int l = 0; l < config.layers() - 1; l++) {
        pass.layer(layers.take(l, l + 1), l + 1);
      }
      pass.lastLayer(layers.take(config.layers() - 1, 0), rewards);
    }
    return rewards;
  }

  @Override
  public Optional<LoadCost> measure(PackedLoad load) {
    int tokens = Math.max(load.tokens(), LEAST_ROWS);
    int last = config.layers() - 1;
    int[] positions = Arrays.copyOf(load.positions(), tokens);
    CostClock clock = new CostClock();
    try (PtNDManager manager = program.manager().newSubManager(Device.cpu())) {
      grow(Arrays.stream(positions).max().getAsInt() + 1);
      Pass pass = new Pass(load, tokens, manager, positions);
      for (int l = 0; l < last && clock.asksForMore(); l++) {
        int layer = l;
        PtNDArray[] weights = clock.bring(() -> layers.take(layer, layer));
        clock.use(() -> pass.layer(weights, layer));
      }
      float[][] rewards = new float[load.readOuts().length][];
      PtNDArray[] weights = clock.bring(() -> layers.take(last, last));
      clock.useLast(() -> pass.lastLayer(weights, rewards));
    }
    return Optional.of(clock.cost(load.tokens(), config.layers()));
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
      this.batches = MicroBatch.cut(load, parts(tokens), LEAST_ROWS);
      this.places = vector(positions);
      this.keysValues = zeros(manager, 2L * config.kvHeads(), tokens, config.headDim());
      PtNDArray ids = vector(Arrays.copyOf(load.ids(), tokens));
      PtNDArray table = stored.tensor("model.embed_tokens.weight");
      this.hidden = workers.call(() -> program.tensor(manager, "embed", table, ids));
    }

    void layer(PtNDArray[] weights, int next) {
      keysValues(weights);
      layers.runBringing(
          next,
          tasks(
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
                      mask)));
    }

    void lastLayer(PtNDArray[] weights, float[][] rewards) {
      keysValues(weights);
      int[] readOuts = Arrays.copyOf(load.readOuts(), Math.max(rewards.length, LEAST_ROWS));
      Arrays.fill(readOuts, rewards.length, readOuts.length, readOuts[0]);
      PtNDArray asked = vector(readOuts);
      for (Rows together : Rows.cut(readOuts.length, READ_OUTS_AT_ONCE)) {
        read(together, asked, weights, rewards);
      }
    }

    private void read(Rows together, PtNDArray asked, PtNDArray[] weights, float[][] rewards) {
      int count = together.end() - together.first();
      try (PtNDManager own = manager.newSubManager(Device.cpu())) {
        PtNDArray states = zeros(own, count, config.hiddenSize());
        layers.runBringing(
            0,
            tasks(
                Rows.cut(count, 2 * LEAST_ROWS),
                part ->
                    program.run(
                        "last_layer",
                        hidden,
                        asked,
                        together.first(),
                        part.first(),
                        part.end(),
                        weights,
                        shape,
                        config.rmsNormEps(),
                        angles,
                        places,
                        keysValues,
                        AttentionPlan.readOuts(load, part.from(together.first())),
                        mask,
                        states)));
        float[] flat = states.toFloatArray();
        for (int r = 0; r < count && together.first() + r < rewards.length; r++) {
          rewards[together.first() + r] = head.read(flat, r * config.hiddenSize());
        }
      }
    }

    private void keysValues(PtNDArray[] weights) {
      workers.run(
          tasks(
              Rows.cut(tokens, (tokens + parts(tokens) - 1) / parts(tokens)),
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
                      keysValues)));
    }

    /** As many as there are threads, or a multiple: none of them waits for the last part. */
    private int parts(int tokens) {
      int parts = (tokens + MICRO_BATCH_TOKENS - 1) / MICRO_BATCH_TOKENS;
      int even = (parts + workers.threads() - 1) / workers.threads() * workers.threads();
      return tokens / even < MICRO_BATCH_TOKENS / 2 ? parts : even;
    }

    private static <T> List<Runnable> tasks(List<T> parts, Consumer<T> work) {
      return parts.stream().<Runnable>map(part -> () -> work.accept(part)).toList();
    }

    private static PtNDArray zeros(PtNDManager owner, long... sizes) {
      return (PtNDArray) owner.zeros(new Shape(sizes), DataType.FLOAT32);
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

  private void grow(int positions) {
    if (angles.getShape().get(0) < positions) {
      angles.close();
      angles = anglesFor(positions);
    }
    if (mask.getShape().get(1) - MASK_ROWS < positions) {
      mask.close();
      mask = maskFor(positions);
    }
  }

  private PtNDArray maskFor(int longest) {
    return workers.call(() -> program.tensor(program.manager(), "mask", MASK_ROWS, longest));
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
  public MemoryPlan memory() {
    return memory;
  }

  @Override
  public void close() {
    layers.close();
    workers.close();
    program.close();
  }
}
