package io.touchstone.engine.weights;

import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import java.util.List;
import java.util.function.Supplier;

/** The weights of all layers, each brought when it is first taken, and then kept. */
public final class KeptLayers implements Layers {
  private final Supplier<LayerWeights> buffers;
  private final Machine machine;
  private final LayerWeights[] layers;

  /**
   * @param buffers makes room for the weights of a layer, whichever it is
   * @param count of the layers
   */
  public KeptLayers(Supplier<LayerWeights> buffers, int count, Machine machine) {
    this.buffers = buffers;
    this.machine = machine;
    this.layers = new LayerWeights[count];
  }

  @Override
  public LayerWeights take(int layer, int next) {
    if (layers[layer] == null) {
      LayerWeights fresh = buffers.get();
      machine.workers().run(fresh.fill(layer));
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
