package io.touchstone.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.PackedLoad;
import io.touchstone.batch.Rows;
import io.touchstone.batch.ScanPlan;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Mixer;
import io.touchstone.engine.device.CostClock;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.device.Workers;
import io.touchstone.engine.program.Bf16Gain;
import io.touchstone.engine.program.Hybrid;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.MambaShape;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.PositionTables;
import io.touchstone.engine.weights.HybridWeights;
import io.touchstone.engine.weights.KeptLayers;
import io.touchstone.engine.weights.LayerStream;
import io.touchstone.engine.weights.Layers;
import io.touchstone.engine.weights.StoredWeights;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A hybrid run layer by layer over a whole load, as {@link DecoderForwardPass} does it where layers
 * are alike. What conversations share is projected once; the states of Mamba layers go down each
 * tree from its root.
 */
final class HybridForwardPass implements ForwardPass {

  /** Trees are taken together until they have so many tokens: a task each would be many. */
  private static final int TASK_TOKENS = 256;

  private final DecoderConfig config;
  private final List<Mixer> mixers;
  private final Machine machine;
  private final Workers workers;
  private final Hybrid program;
  private final StoredWeights stored;
  private final Layers layers;
  private final ReadOutHead head;
  private final LayerShape attention;
  private final MambaShape mamba;
  private final PositionTables tables;
  private final MemoryPlan memory;

  /**
   * @param head with no layer but the last
   * @throws ScorerException if the model does not fit the memory, or the device is not there
   */
  static HybridForwardPass open(
      Checkpoint checkpoint, HeadParts head, Processor processor, Resources asked) {
    Resources resources = asked.on(processor.device());
    MemoryNeed need = MemoryNeed.of(checkpoint, processor);
    MemoryPlan plan;
    try {
      plan = need.plan(resources);
    } catch (IllegalArgumentException e) {
      throw new ScorerException(String.valueOf(e.getMessage()), e);
    }
    Machine machine = new Machine(processor, resources);
    try {
      new Bf16Gain(checkpoint.decoder().hiddenSize(), checkpoint.decoder().intermediateSize())
          .look(machine);
      return new HybridForwardPass(checkpoint, head, machine, plan, need.keepsAllLayers(resources));
    } catch (RuntimeException e) {
      machine.close();
      throw e;
    }
  }

  private HybridForwardPass(
      Checkpoint checkpoint,
      HeadParts read,
      Machine machine,
      MemoryPlan memory,
      boolean keepsAllLayers) {
    this.config = checkpoint.decoder();
    this.mixers = config.hybrid().orElseThrow().mixers();
    this.machine = machine;
    this.workers = machine.workers();
    this.program = machine.program().hybrid();
    this.stored = new StoredWeights(checkpoint, machine.program());
    this.layers =
        keepsAllLayers
            ? new KeptLayers(this::layer, config.layers(), machine)
            : new LayerStream(this::layer, stored, machine);
    this.head = ReadOutHead.of(read, stored, config);
    this.attention = new LayerShape(config, machine.processor());
    this.mamba = MambaShape.of(checkpoint, machine.processor());
    this.tables = new PositionTables(config, machine, machine.processor().kernels().maskRows());
    this.memory = memory;
  }

  private LayerWeights layer() {
    return new HybridWeights(config, stored, machine);
  }

  @Override
  public float[][] score(PackedLoad load) {
    if (load.readOuts().length == 0) {
      return new float[0][];
    }
    try (PtNDManager manager = machine.deviceForAWhile(machine.device())) {
      Pass pass = new Pass(load, manager);
      int last = config.layers() - 1;
      for (int l = 0; l <= last; l++) {
        int next = l < last ? l + 1 : 0;
        pass.layer(l, layers.take(l, next), next);
      }
      return pass.read();
    }
  }

  /** Some layers of each kind. */
  @Override
  public Optional<LoadCost> measure(PackedLoad load) {
    Map<Mixer, CostClock> clocks = new EnumMap<>(Mixer.class);
    try (PtNDManager manager = machine.deviceForAWhile(machine.device())) {
      Pass pass = new Pass(load, manager);
      for (int l = 0; l < config.layers(); l++) {
        int layer = l;
        CostClock clock = clocks.computeIfAbsent(mixers.get(l), kind -> new CostClock());
        if (clock.asksForMore()) {
          LayerWeights weights = clock.bring(() -> pass.brought(layer));
          clock.use(
              () -> {
                pass.layer(layer, weights, layer);
                pass.await();
              });
        }
      }
    }
    double bringing = 0;
    double using = 0;
    int measured = 0;
    for (Map.Entry<Mixer, CostClock> kind : clocks.entrySet()) {
      int layers = config.hybrid().orElseThrow().count(kind.getKey());
      bringing += layers * kind.getValue().bringing();
      using += layers * kind.getValue().using();
      measured += kind.getValue().layers();
    }
    return Optional.of(
        new LoadCost(bringing, using / load.tokens(), load.tokens(), measured, config.layers()));
  }

  /** One load on its way through the layers. */
  private final class Pass {
    private final PackedLoad load;
    private final PtNDManager manager;
    private final LoadOnDevice tokens;
    private final List<ScanPlan> scans;
    private final PtNDArray table;

    Pass(PackedLoad load, PtNDManager manager) {
      this.load = load;
      this.manager = manager;
      this.tokens =
          new LoadOnDevice(
              load,
              manager,
              machine,
              tables,
              attention,
              stored.tensor(config.names().embeddings()),
              Optional.empty());
      this.scans = ScanPlan.of(load, MambaShape.CHUNK, mamba.before(), TASK_TOKENS);
      this.table =
          machine.buffer(manager, Precision.FP32.torchType(), tokens.tokens(), mamba.width());
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

    void layer(int layer, LayerWeights weights, int next) {
      PtNDArray hidden = tokens.tensors().hidden();
      switch (mixers.get(layer)) {
        case MLP ->
            layers.runBringing(
                next, tokens.perRows(part -> program.squaredMlp(weights, hidden, part, mamba)));
        case ATTENTION -> {
          tokens.keysValues(layer, weights);
          layers.runBringing(next, tokens.layer(layer, weights));
        }
        case MAMBA -> {
          workers.run(tokens.perRows(part -> program.mambaIn(weights, hidden, part, mamba, table)));
          workers.run(chunks(weights));
          layers.runBringing(
              next, tokens.perRows(part -> program.mambaOut(weights, hidden, part, mamba, table)));
        }
      }
    }

    private List<Runnable> chunks(LayerWeights weights) {
      List<Runnable> tasks = new ArrayList<>();
      for (ScanPlan scan : scans) {
        for (int g = 0; g < mamba.mamba().groups(); g++) {
          int group = g;
          tasks.add(() -> program.mambaChunks(weights, table, group, mamba, scan));
        }
      }
      return tasks;
    }

    private PtNDArray states(PtNDManager own, PtNDArray asked, Rows together) {
      PassProgram some = machine.program().passes();
      return some.chosen(
          own, tokens.tensors().hidden(), some.rows(own, asked, together.first(), together.end()));
    }

    float[][] read() {
      float[][] rewards = new float[load.readOuts().length][];
      PtNDArray asked = tokens.readOuts();
      for (Rows together :
          Rows.cut(rewards.length, machine.processor().kernels().readOutsAtOnce())) {
        try (PtNDManager own = machine.deviceForAWhile(manager)) {
          float[] flat = states(own, asked, together).toFloatArray();
          for (int r = together.first(); r < together.end(); r++) {
            rewards[r] = head.read(flat, (r - together.first()) * head.width());
          }
        }
      }
      return rewards;
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
