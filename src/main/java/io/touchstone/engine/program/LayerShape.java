package io.touchstone.engine.program;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Processor;
import java.util.Optional;

/**
 * What the program's layers go by.
 *
 * @param config of the model
 * @param processor whose kernels attend, with products of its precision
 */
public record LayerShape(DecoderConfig config, Processor processor) {

  /** Keys of a block of capped attention. */
  private static final int KEYS_AT_ONCE = 128;

  /** A vector of AVX-512, a line of the cache; head sizes of real models are multiples of it. */
  private static final int VECTOR = 16;

  public int hidden() {
    return config.hiddenSize();
  }

  public int heads() {
    return config.heads();
  }

  public int kvHeads() {
    return config.kvHeads();
  }

  public int headDim() {
    return config.headDim();
  }

  public int inner() {
    return config.intermediateSize();
  }

  /** Whether queries, and keys, are normed as one vector of all heads. */
  public boolean normsHeadsTogether() {
    return config
        .attention()
        .headNorms()
        .map(norms -> norms.extent() == HeadNorms.Extent.ALL_HEADS)
        .orElse(false);
  }

  /** Whether what branches add is normed. */
  public boolean normsBranches() {
    Norms norms = config.norms();
    return norms.afterAttention().isPresent() || norms.afterMlp().isPresent();
  }

  /** Of the norms. */
  public double eps() {
    return config.norms().eps();
  }

  /** What each branch is multiplied by before it is added to the residual stream. */
  public double residualFactor() {
    return config.factors().residual();
  }

  /** Numbers of a head's row where rows are filled up to whole vectors. */
  public int wideHead() {
    return (headDim() + VECTOR - 1) / VECTOR * VECTOR;
  }

  /** Numbers of a position's angles, in all tables together. */
  public int anglesOfPosition() {
    return config.rotary().differ() ? 2 * headDim() : headDim();
  }

  /** Bytes that capped attention takes for so many queries: scores of a block, rows of heads. */
  public long cappedBytes(int queries) {
    if (config.attention().scoreCap() == 0) {
      return 0;
    }
    long rows = (long) Math.max(queries, Kernels.LEAST_ROWS) * heads();
    return Float.BYTES * rows * (3L * KEYS_AT_ONCE + 4L * headDim());
  }

  /**
   * As the program documents them.
   *
   * @param window of the layer; 0 without one
   */
  public long[] numbers(int window) {
    return new long[] {
      hidden(),
      heads(),
      kvHeads(),
      headDim(),
      inner(),
      processor.precision().torchType(),
      processor.kernels().attention(),
      window,
      // A hybrid's layers each have one norm in front, whatever they are.
      hasNorm(config.norms().beforeAttention()),
      hasNorm(config.norms().beforeMlp()),
      activation(),
      config.mlp().gated() ? 1 : 0
    };
  }

  private static int hasNorm(Optional<String> name) {
    return name.isPresent() ? 1 : 0;
  }

  private int activation() {
    return switch (config.mlp().activation()) {
      case SILU -> 0;
      case GELU_TANH -> 1;
      case GELU -> 2;
    };
  }

  /** As the program documents them. */
  public double[] facts() {
    return new double[] {
      eps(), config.attention().scoreDivisor(), residualFactor(), config.attention().scoreCap()
    };
  }
}
