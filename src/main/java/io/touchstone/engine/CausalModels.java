package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.engine.device.Placing;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.passes.CachedAttention;
import io.touchstone.engine.passes.CachedCausalModel;
import io.touchstone.engine.passes.CachedMamba;
import io.touchstone.engine.passes.CausalLayers;
import io.touchstone.engine.passes.DecoderLayers;
import io.touchstone.engine.passes.GatedMlp;
import io.touchstone.engine.passes.HybridCausalLayers;
import io.touchstone.engine.passes.KeyValueCache;
import io.touchstone.engine.passes.SquaredMlp;
import io.touchstone.engine.passes.TokenHead;
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
import io.touchstone.engine.weights.WidenedLayer;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.problem.Problem;
import io.touchstone.scoring.ScorerException;
import java.util.Optional;
import java.util.function.Supplier;

/** Causal models of checkpoints, and what they take before they are opened. */
public final class CausalModels {
  private CausalModels() {}

  /**
   * The most tokens of a sequence. Where angles are other ones for all tokens of long rows, a row
   * that grew beyond short ones would have to be computed anew: it ends there.
   */
  static int maxTokens(DecoderConfig config) {
    return Math.min(config.maxPositionEmbeddings(), config.rotary().full().mostOfShortRows());
  }

  /**
   * What sequences would take.
   *
   * @param resources where 0 leaves a choice to this machine
   * @throws IllegalArgumentException if the model does not fit them
   */
  static GenerationMemory memory(Checkpoint checkpoint, Processor processor, Resources resources) {
    return GenerationNeed.of(checkpoint.decoder(), processor)
        .plan(resources.on(processor.device()));
  }

  /** The same, as a process would plan that no scheduler has given anything. */
  static GenerationMemory memory(Checkpoint checkpoint, GenerationEngineConfig.Run run) {
    Processor processor = Processor.of(Placing.alone(run.device()), run.precision());
    return memory(checkpoint, processor, run.resources());
  }

  /**
   * Reads a model.
   *
   * @param resources where 0 leaves a choice to this machine
   * @throws ScorerException if it is no causal one, does not fit, or the device is not there
   */
  public static CausalModel open(Checkpoint checkpoint, Processor processor, Resources resources) {
    if (!(checkpoint.head() instanceof RewardHead.TokenLogit head)) {
      throw new ScorerException(
          Problem.in("config.json")
              .field("architectures")
              .expected("a causal model, which gives a logit for each token")
              .found(checkpoint.architecture()));
    }
    Resources known = resources.on(processor.device());
    GenerationNeed need = GenerationNeed.of(checkpoint.decoder(), processor);
    GenerationMemory memory;
    try {
      memory = need.plan(known);
    } catch (IllegalArgumentException e) {
      throw new ScorerException(String.valueOf(e.getMessage()), e);
    }
    Machine machine = new Machine(processor, known);
    try {
      return open(checkpoint, head, machine, new Fit(need, memory, need.keepsWeights(known)));
    } catch (RuntimeException e) {
      machine.close();
      throw e;
    }
  }

  private record Fit(GenerationNeed need, GenerationMemory memory, boolean keepsWeights) {}

  private static CausalModel open(
      Checkpoint checkpoint, RewardHead.TokenLogit head, Machine machine, Fit fit) {
    DecoderConfig config = checkpoint.decoder();
    StoredWeights stored = new StoredWeights(checkpoint, machine.program());
    LayerShape shape = new LayerShape(config, machine.processor());
    KeyValueCache cache =
        new KeyValueCache(machine, shape, config.attendingLayers(), fit.need.blocks(fit.memory));
    PositionTables tables = new PositionTables(config, machine, PassProgram.BLOCK);
    Supplier<LayerWeights> room =
        config.hybrid().isPresent()
            ? () -> new HybridWeights(config, stored, machine)
            : () -> new WidenedLayer(config, stored, machine);
    Layers layers =
        fit.keepsWeights
            ? new KeptLayers(room, config.layers(), machine)
            : new LayerStream(room, stored, machine);
    CachedAttention attention = new CachedAttention(machine, cache, shape);
    return new CachedCausalModel(
        new CachedCausalModel.Parts(
            machine,
            stored,
            shape,
            config.names().embeddings(),
            config.hybrid().isPresent() ? Optional.empty() : Optional.of(tables),
            cache,
            config.hybrid().isPresent()
                ? hybrid(checkpoint, machine, layers, tables, attention)
                : new DecoderLayers(
                    config, layers, tables, attention, new GatedMlp(machine, shape)),
            new TokenHead(machine, stored, head.tensor(), config, fit.keepsWeights),
            maxTokens(config),
            fit.memory));
  }

  private static CausalLayers hybrid(
      Checkpoint checkpoint,
      Machine machine,
      Layers layers,
      PositionTables tables,
      CachedAttention attention) {
    DecoderConfig config = checkpoint.decoder();
    MambaShape mamba = MambaShape.of(checkpoint, machine.processor());
    return new HybridCausalLayers(
        new HybridCausalLayers.Parts(
            config,
            machine,
            layers,
            tables,
            attention,
            new CachedMamba(machine, mamba, config.hiddenSize()),
            mamba,
            new SquaredMlp(machine, new LayerShape(config, machine.processor()))));
  }
}
