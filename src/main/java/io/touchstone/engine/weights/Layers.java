package io.touchstone.engine.weights;

import io.touchstone.engine.program.LayerWeights;
import java.util.List;

/** Where a forward pass gets a layer's weights from. */
public interface Layers extends AutoCloseable {

  /**
   * A layer's weights, valid until another layer is taken.
   *
   * @param next the layer after it
   */
  LayerWeights take(int layer, int next);

  /** Runs tasks, and brings the next layer where that costs them nothing. */
  void runBringing(int next, List<Runnable> tasks);

  @Override
  void close();
}
