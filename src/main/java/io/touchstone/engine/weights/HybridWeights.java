package io.touchstone.engine.weights;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Mixer;
import io.touchstone.checkpoint.config.TensorNames;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.MambaShape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One layer's weights of a hybrid, whichever kind it is. */
public final class HybridWeights implements LayerWeights {
  private final List<Mixer> mixers;
  private final TensorNames names;
  private final WeightRoom room;
  private final PtNDArray norm;
  private final Map<Mixer, MixerWeights> kinds = new EnumMap<>(Mixer.class);
  private Mixer held;

  public HybridWeights(DecoderConfig config, StoredWeights stored, Machine machine) {
    this.names = config.names();
    this.mixers = config.hybrid().orElseThrow().mixers();
    this.held = mixers.get(0);
    this.room = new WeightRoom(stored, machine, mostNumbers(config, machine.processor()));
    this.norm = room.vectorIf(!room.precision().foldsNorms(), config.hiddenSize());
    for (Mixer kind : mixers) {
      if (!kinds.containsKey(kind)) {
        kinds.put(
            kind,
            switch (kind) {
              case MAMBA ->
                  new MambaWeights(
                      MambaShape.of(config, 0, machine.processor()), config.hiddenSize(), room);
              case ATTENTION -> new BareAttentionWeights(config, room);
              case MLP -> new SquaredMlpWeights(config, room);
            });
      }
    }
  }

  /** Numbers in the matrices of a layer. */
  static long numbers(Mixer kind, DecoderConfig config, Processor processor) {
    return switch (kind) {
      case MAMBA -> MambaWeights.numbers(MambaShape.of(config, 0, processor), config.hiddenSize());
      case ATTENTION -> BareAttentionWeights.numbers(config);
      case MLP -> SquaredMlpWeights.numbers(config);
    };
  }

  /** Numbers in the matrices of the largest of a model's layers. */
  public static long mostNumbers(DecoderConfig config, Processor processor) {
    return config.hybrid().orElseThrow().mixers().stream()
        .distinct()
        .mapToLong(kind -> numbers(kind, config, processor))
        .max()
        .orElseThrow();
  }

  @Override
  public List<Runnable> fill(int layer) {
    held = mixers.get(layer);
    String prefix = names.layer(layer);
    String before = prefix + "norm.weight";
    boolean folds = room.precision().foldsNorms();
    List<Runnable> copies = new ArrayList<>();
    if (!folds) {
      copies.add(room.vector(norm, before));
    }
    copies.addAll(mixer().fill(prefix + "mixer.", folds ? room.stored(before) : room.none()));
    return copies;
  }

  private MixerWeights mixer() {
    return Objects.requireNonNull(kinds.get(held));
  }

  @Override
  public PtNDArray[] tensors() {
    return mixer().tensors(norm);
  }

  @Override
  public PtNDArray any() {
    return room.matrices();
  }
}
