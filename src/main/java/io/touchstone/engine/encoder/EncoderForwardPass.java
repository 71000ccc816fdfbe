package io.touchstone.engine.encoder;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.PackedLoad;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.EncoderHead;
import io.touchstone.engine.device.CostClock;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.program.Bf16Gain;
import io.touchstone.engine.program.Encoder;
import io.touchstone.engine.program.EncoderShape;
import io.touchstone.engine.program.EncoderTables;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.weights.KeptLayers;
import io.touchstone.engine.weights.LayerStream;
import io.touchstone.engine.weights.Layers;
import io.touchstone.engine.weights.StoredWeights;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.MemoryPlan;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * An encoder run layer by layer over a whole load. Each segment of the load is a row, and none goes
 * on from another; rows that are the same are one segment.
 */
public final class EncoderForwardPass implements ForwardPass {

  /** Rows whose states are in memory together while the head reads them. */
  public static final int ROWS_AT_ONCE = RowRewards.ROWS_AT_ONCE;

  private final EncoderConfig config;
  private final Machine machine;
  private final Encoder program;
  private final StoredWeights stored;
  private final Layers layers;
  private final EncoderShape shape;
  private final EncoderTables tables;
  private final EmbeddedRows embedding;
  private final RowRewards head;
  private final PtNDArray[] convolution;
  private final MemoryPlan memory;

  /**
   * How a replica uses its memory.
   *
   * @param keepsAllLayers whether weights are brought once, and not for each load
   */
  public record Storage(MemoryPlan plan, boolean keepsAllLayers) {}

  /**
   * @throws io.touchstone.scoring.ScorerException if the device is not there
   */
  public static EncoderForwardPass open(
      Checkpoint checkpoint,
      OutputScale scale,
      Storage storage,
      Processor processor,
      Resources resources) {
    Machine machine = new Machine(processor, resources);
    try {
      EncoderConfig config = checkpoint.encoder().orElseThrow();
      new Bf16Gain(config.hiddenSize(), config.intermediateSize()).look(machine);
      return new EncoderForwardPass(checkpoint, scale, storage, machine);
    } catch (RuntimeException e) {
      machine.close();
      throw e;
    }
  }

  private EncoderForwardPass(
      Checkpoint checkpoint, OutputScale scale, Storage storage, Machine machine) {
    this.config = checkpoint.encoder().orElseThrow();
    this.machine = machine;
    this.program = machine.program().encoder();
    this.memory = storage.plan;
    this.stored = new StoredWeights(checkpoint, machine.program());
    this.shape = new EncoderShape(config, machine.processor());
    this.layers =
        storage.keepsAllLayers
            ? new KeptLayers(this::layer, config.layers(), machine)
            : new LayerStream(this::layer, stored, machine);
    this.tables = new EncoderTables(config, machine);
    KeptTensors kept = new KeptTensors(stored, machine);
    this.embedding = new EmbeddedRows(config, stored, kept, machine);
    this.head =
        new RowRewards(
            config,
            new EncoderHeadLayer(config, kept, machine),
            OutputLayer.of(config.head(), stored, scale),
            machine);
    this.convolution = kept.convolution(config);
  }

  private LayerWeights layer() {
    return new EncoderLayer(config, stored, shape, machine);
  }

  @Override
  public float[][] score(PackedLoad load) {
    if (load.readOuts().length == 0) {
      return new float[0][];
    }
    try (PtNDManager manager = machine.deviceForAWhile(machine.device())) {
      Pass pass = new Pass(load, manager);
      for (int l = 0; l < config.layers(); l++) {
        int next = (l + 1) % config.layers();
        pass.layer(l, layers.take(l, next), next);
      }
      return pass.rewards();
    }
  }

  @Override
  public Optional<LoadCost> measure(PackedLoad load) {
    int last = config.layers() - 1;
    CostClock clock = new CostClock();
    try (PtNDManager manager = machine.deviceForAWhile(machine.device())) {
      Pass pass = new Pass(load, manager);
      for (int l = 0; l < last && clock.asksForMore(); l++) {
        int layer = l;
        LayerWeights weights = clock.bring(() -> pass.brought(layer));
        clock.use(
            () -> {
              pass.layer(layer, weights, layer);
              pass.await();
            });
      }
      LayerWeights weights = clock.bring(() -> pass.brought(last));
      clock.useLast(
          () -> {
            pass.layer(last, weights, last);
            pass.rewards();
          });
    }
    return Optional.of(clock.cost(load.tokens(), config.layers()));
  }

  /** One load on its way through the layers. */
  private final class Pass {
    private final PackedLoad load;
    private final PtNDManager manager;
    private final List<RowBatch> batches;
    private final Encoder.Load states;
    private final Optional<FirstStates> firsts;

    Pass(PackedLoad load, PtNDManager manager) {
      this.load = load;
      this.manager = manager;
      int longest = 0;
      for (int s = 0; s < load.segments(); s++) {
        if (load.parents()[s] >= 0) {
          throw new IllegalArgumentException(
              "load: expected rows that go on from no other, found segment " + s);
        }
        longest = Math.max(longest, load.length(s));
      }
      tables.grow(longest);
      int tokens = Math.max(load.tokens(), Kernels.LEAST_ROWS);
      this.batches = RowBatch.cut(load, tokens, usual(tokens), Kernels.LEAST_ROWS);
      this.states = embedding.of(load, tokens, batches, manager);
      // The convolution stands in the first layer, and wants all of its tokens.
      this.firsts =
          config.head().pooling() == EncoderHead.Pooling.FIRST && config.layers() > 1
              ? Optional.of(new FirstStates(load, states, shape, manager, machine))
              : Optional.empty();
    }

    /** So many tokens of a batch that each thread has some. */
    private int usual(int tokens) {
      int most = machine.processor().kernels().microBatchTokens();
      int even = tokens / machine.workers().threads();
      return Math.max(Kernels.LEAST_ROWS, Math.min(most, even));
    }

    /** A layer's weights, once they are there. */
    LayerWeights brought(int layer) {
      LayerWeights weights = layers.take(layer, layer);
      machine.await(weights.any());
      return weights;
    }

    void await() {
      machine.await(states.hidden());
    }

    void layer(int number, LayerWeights weights, int next) {
      try (PtNDManager own = machine.deviceForAWhile(manager)) {
        Encoder.Layer layer =
            new Encoder.Layer(
                shape.numbers(number),
                config.eps(),
                shape.scale(),
                tables.angles(number),
                distances(weights, own),
                tables.band(number),
                number == 0 ? convolution : KeptTensors.none(machine));
        if (firsts.isPresent() && number == config.layers() - 1) {
          firsts.get().queries(weights, layer);
          layers.runBringing(next, firsts.get().looks(weights, layer, batches));
          firsts.get().finish(weights, layer);
        } else {
          layers.runBringing(
              next,
              tasks(
                  batches,
                  batch -> program.layer(weights, states, layer, batch.tokens(), batch.lengths())));
        }
      }
    }

    /** What all rows have of distances in a layer. */
    private PtNDArray[] distances(LayerWeights weights, PtNDManager own) {
      PtNDArray rows = tables.distances();
      return rows.isEmpty()
          ? new PtNDArray[] {machine.anchor(), machine.anchor()}
          : machine
              .workers()
              .call(
                  () ->
                      program.distances(
                          own,
                          embedding.distances(),
                          rows,
                          weights,
                          shape.numbers(0),
                          shape.scale()));
    }

    float[][] rewards() {
      PtNDArray ofRows = firsts.map(FirstStates::states).orElse(states.hidden());
      return head.rewards(
          load,
          firsts.isPresent() ? RowRewards.States.OF_ROWS : RowRewards.States.OF_TOKENS,
          ofRows,
          manager);
    }
  }

  static <T> List<Runnable> tasks(List<T> parts, Consumer<T> work) {
    return parts.stream().<Runnable>map(part -> () -> work.accept(part)).toList();
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
    return config.head().outputs();
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
