package io.touchstone.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.AttentionPlan;
import io.touchstone.batch.PackedLoad;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.CostClock;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.program.Bf16Gain;
import io.touchstone.engine.program.Decoder;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PositionTables;
import io.touchstone.engine.weights.KeptLayers;
import io.touchstone.engine.weights.LayerStream;
import io.touchstone.engine.weights.Layers;
import io.touchstone.engine.weights.StoredWeights;
import io.touchstone.engine.weights.WidenedLayer;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.PlaceJoin;
import io.touchstone.scoring.ScorerException;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A decoder run layer by layer over a whole load, weights widened from the mapped files as their
 * turn comes.
 */
public final class DecoderForwardPass implements ForwardPass {

  private final DecoderConfig config;
  private final Machine machine;
  private final Decoder program;
  private final StoredWeights stored;
  private final Layers layers;
  private final ModelHead head;
  private final LayerShape shape;
  private final MemoryPlan memory;
  private final PositionTables tables;

  /**
   * @throws ScorerException if the model does not fit the memory, or the device is not there
   */
  public static DecoderForwardPass open(
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
      new Bf16Gain(checkpoint.decoder().hiddenSize(), checkpoint.decoder().intermediateSize())
          .look(machine);
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

  /** On a machine that was made for it, and is closed with it. */
  public static DecoderForwardPass on(
      Machine machine, Checkpoint checkpoint, HeadParts head, Resources resources) {
    MemoryNeed need = MemoryNeed.of(checkpoint, machine.processor());
    Storage storage = new Storage(need.plan(resources), need.keepsAllLayers(resources));
    return new DecoderForwardPass(checkpoint, head, machine, storage);
  }

  private DecoderForwardPass(
      Checkpoint checkpoint, HeadParts read, Machine machine, Storage storage) {
    this.config = checkpoint.decoder();
    this.machine = machine;
    this.program = machine.program();
    this.memory = storage.plan;
    this.stored = new StoredWeights(checkpoint, program);
    this.layers =
        storage.keepsAllLayers
            ? new KeptLayers(this::layer, config.layers(), machine)
            : new LayerStream(this::layer, stored, machine);
    this.head = new ModelHead(read, stored, config, machine);
    this.shape = new LayerShape(config, machine.processor());
    this.tables = new PositionTables(config, machine, machine.processor().kernels().maskRows());
  }

  private LayerWeights layer() {
    return new WidenedLayer(config, stored, machine);
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
        LayerWeights weights = clock.bring(() -> pass.brought(layer));
        clock.use(
            () -> {
              pass.layer(layer, weights, layer);
              pass.await();
            });
      }
      float[][] rewards = new float[load.readOuts().length][];
      LayerWeights weights = clock.bring(() -> pass.brought(last));
      clock.useLast(() -> pass.lastLayer(weights, rewards));
    }
    return Optional.of(clock.cost(load.tokens(), config.layers()));
  }

  /** One load on its way through the layers. */
  private final class Pass {
    private final PackedLoad load;
    private final PtNDManager manager;
    private final LoadOnDevice tokens;

    Pass(PackedLoad load, PtNDManager manager) {
      this.load = load;
      this.manager = manager;
      this.tokens =
          new LoadOnDevice(
              load,
              manager,
              machine,
              tables,
              shape,
              stored.tensor(config.names().embeddings()),
              config.names().positions().map(stored::tensor));
    }

    /** A layer's weights, once they are there. */
    LayerWeights brought(int layer) {
      LayerWeights weights = layers.take(layer, layer);
      machine.await(weights.any());
      return weights;
    }

    void await() {
      tokens.await();
    }

    private Kernels kernels() {
      return machine.processor().kernels();
    }

    void layer(int layer, LayerWeights weights, int next) {
      tokens.keysValues(layer, weights);
      layers.runBringing(next, tokens.layer(layer, weights));
    }

    void lastLayer(LayerWeights weights, float[][] rewards) {
      tokens.keysValues(config.layers() - 1, weights);
      PtNDArray asked = tokens.readOuts();
      for (Rows together : Rows.cut((int) asked.size(), kernels().readOutsAtOnce())) {
        read(together, asked, weights, rewards);
      }
    }

    private void read(Rows together, PtNDArray asked, LayerWeights weights, float[][] rewards) {
      int count = together.end() - together.first();
      Decoder.Sight sight = tokens.sight(config.layers() - 1);
      try (PtNDManager own = machine.deviceForAWhile(manager)) {
        PtNDArray states =
            machine.buffer(own, Precision.FP32.torchType(), count, config.hiddenSize());
        ModelHead.Reading reading = head.reading(own, states, count);
        layers.runBringing(
            0,
            LoadOnDevice.tasks(
                Rows.cut(count, 2 * kernels().leastRows()),
                part -> {
                  program.lastLayer(
                      weights,
                      tokens.tensors(),
                      sight,
                      new Decoder.ReadOuts(asked, together.first(), states),
                      part,
                      AttentionPlan.readOuts(load, part.from(together.first())));
                  reading.run(part);
                }));
        float[][] values = reading.values(Math.min(count, rewards.length - together.first()));
        System.arraycopy(values, 0, rewards, together.first(), values.length);
      }
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
  public PlaceJoin join() {
    return head.join();
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
