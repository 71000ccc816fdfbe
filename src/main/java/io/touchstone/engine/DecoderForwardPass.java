package io.touchstone.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.AttentionPlan;
import io.touchstone.batch.MicroBatch;
import io.touchstone.batch.PackedLoad;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ScorerException;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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
  static final int LEAST_ROWS = 64;

  /** Read-outs whose last hidden states are in memory together. */
  static final int READ_OUTS_AT_ONCE = 1_024;

  private final DecoderConfig config;
  private final Machine machine;
  private final Decoder program;
  private final StoredWeights stored;
  private final Layers layers;
  private final Optional<InnerHead> inner;
  private final ReadOutHead head;
  private final LayerShape shape;
  private final Workers workers;
  private final MemoryPlan memory;
  private final PositionTables tables;

  /**
   * @throws ScorerException if the model does not fit the memory, or the device is not there
   */
  static DecoderForwardPass open(
      Checkpoint checkpoint, HeadParts head, Processor processor, Resources asked) {
    Resources resources = asked.on(processor.device());
    MemoryNeed need = MemoryNeed.of(checkpoint, processor);
    Storage storage;
    try {
      storage = new Storage(need.plan(resources), need.keepsAllLayers(resources));
    } catch (IllegalArgumentException e) {
      throw new ScorerException(String.valueOf(e.getMessage()), e);
    }
    Machine machine = new Machine(processor, resources);
    try {
      return new DecoderForwardPass(checkpoint, head, machine, storage);
    } catch (RuntimeException e) {
      machine.close();
      throw e;
    }
  }

  /**
   * @param keepsAllLayers whether weights are brought once, and not for each load
   */
  private record Storage(MemoryPlan plan, boolean keepsAllLayers) {}

  private DecoderForwardPass(
      Checkpoint checkpoint, HeadParts read, Machine machine, Storage storage) {
    this.config = checkpoint.decoder();
    this.machine = machine;
    this.program = machine.program();
    this.workers = machine.workers();
    this.memory = storage.plan;
    this.stored = new StoredWeights(checkpoint, program);
    this.layers =
        storage.keepsAllLayers
            ? new KeptLayers(config, stored, machine)
            : new LayerStream(config, stored, machine);
    this.inner =
        read.inner().map(layer -> new InnerHead(layer, stored, config.rmsNormEps(), machine));
    this.head = last(read);
    this.shape = LayerShape.of(config, machine.processor());
    this.tables = new PositionTables(config, machine, machine.processor().kernels().maskRows());
  }

  private ReadOutHead last(HeadParts read) {
    float[][] rows = stored.rows(read.tensor(), read.firstRow(), read.rows());
    float[] bias = read.bias().map(stored::vector).orElse(new float[0]);
    return inner.isPresent()
        ? ReadOutHead.ofInner(rows, bias, read.normalization())
        : ReadOutHead.ofStates(
            stored.vector(StoredWeights.FINAL_NORM),
            rows,
            bias,
            config.rmsNormEps(),
            read.normalization());
  }

  @Override
  public float[][] score(PackedLoad load) {
    if (load.readOuts().length == 0) {
      return new float[0][];
    }
    float[][] rewards = new float[load.readOuts().length][];
    try (PtNDManager manager = machine.deviceForAWhile(machine.device())) {
      Pass pass = new Pass(load, manager);
      for (int l = 0; l < config.layers() - 1; l++) {
        pass.layer(l, layers.take(l, l + 1), l + 1);
      }
      pass.lastLayer(layers.take(config.layers() - 1, 0), rewards);
    }
    return rewards;
  }

  @Override
  public Optional<LoadCost> measure(PackedLoad load) {
    int last = config.layers() - 1;
    CostClock clock = new CostClock();
    try (PtNDManager manager = machine.deviceForAWhile(machine.device())) {
      Pass pass = new Pass(load, manager);
      for (int l = 0; l < last && clock.asksForMore(); l++) {
        int layer = l;
        WidenedLayer weights = clock.bring(() -> pass.brought(layer));
        clock.use(
            () -> {
              pass.layer(layer, weights, layer);
              pass.await();
            });
      }
      float[][] rewards = new float[load.readOuts().length][];
      WidenedLayer weights = clock.bring(() -> pass.brought(last));
      clock.useLast(() -> pass.lastLayer(weights, rewards));
    }
    return Optional.of(clock.cost(load.tokens(), config.layers()));
  }

  /** One load on its way through the layers. */
  private final class Pass {
    private final PackedLoad load;

    /** Rows of the hidden states: those of the load, and more where it is too small. */
    private final int tokens;

    /** Tokens of the longest row. */
    private final int longest;

    private final PtNDManager manager;
    private final List<MicroBatch> batches;
    private final Decoder.Load tensors;

    Pass(PackedLoad load, PtNDManager manager) {
      this.load = load;
      this.tokens = Math.max(load.tokens(), LEAST_ROWS);
      this.manager = manager;
      int[] positions = Arrays.copyOf(load.positions(), tokens);
      this.longest = Arrays.stream(positions).max().getAsInt() + 1;
      tables.grow(longest);
      this.batches = MicroBatch.cut(load, parts(tokens), LEAST_ROWS);
      PtNDArray table = stored.tensor(StoredWeights.EMBEDDING);
      try (PtNDManager host = machine.hostForAWhile()) {
        PtNDArray ids = numbers(host, Arrays.copyOf(load.ids(), tokens));
        this.tensors =
            new Decoder.Load(
                shape,
                workers.call(() -> program.embed(manager, table, ids, machine.anchor())),
                vector(positions),
                machine.keysValues(manager, shape, tokens),
                tables.angles());
      }
    }

    /** A layer's weights, once they are there. */
    WidenedLayer brought(int layer) {
      WidenedLayer weights = layers.take(layer, layer);
      machine.await(weights.any());
      return weights;
    }

    void await() {
      machine.await(tensors.hidden());
    }

    void layer(int layer, WidenedLayer weights, int next) {
      keysValues(weights);
      Decoder.Sight sight = tables.sight(layer, longest);
      layers.runBringing(
          next,
          tasks(
              batches, batch -> program.layer(weights, tensors, sight, rows(batch), batch.plan())));
    }

    void lastLayer(WidenedLayer weights, float[][] rewards) {
      keysValues(weights);
      int[] readOuts = Arrays.copyOf(load.readOuts(), Math.max(rewards.length, LEAST_ROWS));
      Arrays.fill(readOuts, rewards.length, readOuts.length, readOuts[0]);
      PtNDArray asked = vector(readOuts);
      for (Rows together : Rows.cut(readOuts.length, READ_OUTS_AT_ONCE)) {
        read(together, asked, weights, rewards);
      }
    }

    private void read(Rows together, PtNDArray asked, WidenedLayer weights, float[][] rewards) {
      int count = together.end() - together.first();
      Decoder.Sight sight = tables.sight(config.layers() - 1, longest);
      try (PtNDManager own = machine.deviceForAWhile(manager)) {
        PtNDArray states =
            machine.buffer(own, Precision.FP32.torchType(), count, config.hiddenSize());
        PtNDArray read = inner.map(layer -> layer.buffer(own, count)).orElse(states);
        layers.runBringing(
            0,
            tasks(
                Rows.cut(count, 2 * LEAST_ROWS),
                part -> {
                  program.lastLayer(
                      weights,
                      tensors,
                      sight,
                      new Decoder.ReadOuts(asked, together.first(), states),
                      part,
                      AttentionPlan.readOuts(load, part.from(together.first())));
                  inner.ifPresent(layer -> layer.run(states, part, read));
                }));
        float[] flat = read.toFloatArray();
        for (int r = 0; r < count && together.first() + r < rewards.length; r++) {
          rewards[together.first() + r] = head.read(flat, r * head.width());
        }
      }
    }

    private void keysValues(WidenedLayer weights) {
      workers.run(
          tasks(
              Rows.cut(tokens, (tokens + parts(tokens) - 1) / parts(tokens)),
              part -> program.keysValues(weights, tensors, part)));
    }

    /** As many as there are threads, or a multiple: none of them waits for the last part. */
    private int parts(int tokens) {
      int usual = machine.processor().kernels().microBatchTokens();
      int parts = (tokens + usual - 1) / usual;
      int even = (parts + workers.threads() - 1) / workers.threads() * workers.threads();
      return tokens / even < usual / 2 ? parts : even;
    }

    private static <T> List<Runnable> tasks(List<T> parts, Consumer<T> work) {
      return parts.stream().<Runnable>map(part -> () -> work.accept(part)).toList();
    }

    /** The last micro-batch takes along the rows that fill up a small load. */
    private Rows rows(MicroBatch batch) {
      return new Rows(batch.first(), batch.end() == load.tokens() ? tokens : batch.end());
    }

    private PtNDArray vector(int[] values) {
      try (PtNDManager host = machine.hostForAWhile()) {
        return machine.moved(manager, numbers(host, values));
      }
    }

    private static PtNDArray numbers(PtNDManager host, int[] values) {
      return (PtNDArray)
          host.create(IntBuffer.wrap(values), new Shape(values.length), DataType.INT32)
              .toType(DataType.INT64, false);
    }
  }

  @Override
  public void confirm() {
    stored.confirm();
  }

  @Override
  public SortedMap<String, String> mappedFiles() {
    return stored.files();
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
    machine.close();
  }
}
