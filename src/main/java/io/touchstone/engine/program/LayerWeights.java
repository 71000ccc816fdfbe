package io.touchstone.engine.program;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;

/** One layer's weights as the program wants them, in buffers that are used again for other ones. */
public interface LayerWeights {

  /**
   * Copies that fill the buffers with a layer's weights; in any order, on any threads.
   *
   * @param layer its number, from 0
   */
  List<Runnable> fill(int layer);

  /** In the order that the program documents. */
  PtNDArray[] tensors();

  /** For who waits until the weights are there. */
  PtNDArray any();
}
