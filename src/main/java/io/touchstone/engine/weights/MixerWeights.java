package io.touchstone.engine.weights;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;

/** The weights of a hybrid's layer of one kind, but for the norm in front. */
interface MixerWeights {

  /**
   * Copies that fill the buffers with a layer's weights; in any order, on any threads.
   *
   * @param prefix of the names of the mixer's tensors
   * @param folded weights of the norm in front, or none where they stay by themselves
   */
  List<Runnable> fill(String prefix, PtNDArray folded);

  /**
   * In the order that the program documents.
   *
   * @param norm in front, or none where it is folded
   */
  PtNDArray[] tensors(PtNDArray norm);
}
