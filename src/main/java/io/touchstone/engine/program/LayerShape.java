package io.touchstone.engine.program;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.Processor;

/**
 * What the program's layers go by.
 *
 * @param eps of the norms
 * @param processor whose kernels attend, with products of its precision
 */
public record LayerShape(
    int hidden, int heads, int kvHeads, int headDim, int inner, double eps, Processor processor) {

  /** A vector of AVX-512, a line of the cache; head sizes of real models are multiples of it. */
  private static final int VECTOR = 16;

  public static LayerShape of(DecoderConfig config, Processor processor) {
    return new LayerShape(
        config.hiddenSize(),
        config.heads(),
        config.kvHeads(),
        config.headDim(),
        config.intermediateSize(),
        config.rmsNormEps(),
        processor);
  }

  /** Numbers of a head's row where rows are filled up to whole vectors. */
  public int wideHead() {
    return (headDim + VECTOR - 1) / VECTOR * VECTOR;
  }

  /**
   * As the program documents them.
   *
   * @param window of the layer; 0 without one
   */
  public long[] numbers(int window) {
    return new long[] {
      hidden,
      heads,
      kvHeads,
      headDim,
      inner,
      processor.precision().torchType(),
      processor.kernels().attention(),
      window
    };
  }
}
