package io.touchstone.engine;

import io.touchstone.checkpoint.config.DecoderConfig;
import java.util.List;

/** The weights of all layers, each brought when it is first taken, and then kept. */
final class KeptLayers implements Layers {
  private final DecoderConfig config;
  private final StoredWeights stored;
  private final Machine machine;
  private final WidenedLayer[] layers;

  KeptLayers(DecoderConfig config, StoredWeights stored, Machine machine) {
    this.config = config;
    this.stored = stored;
    this.machine = machine;
    this.layers = new WidenedLayer[config.layers()];
  }

  @Override
  public WidenedLayer take(int layer, int next) {
    if (layers[layer] == null) {
      WidenedLayer fresh = new WidenedLayer(config, stored, machine);
      machine.workers().run(fresh.fill(LayerStream.prefix(layer)));
      layers[layer] = fresh;
    }
    return layers[layer];
  }

  @Override
  public void runBringing(int next, List<Runnable> tasks) {
    machine.workers().run(tasks);
  }

  @Override
  public void close() {
    // What the layers hold goes with the machine that holds it.
  }
}
