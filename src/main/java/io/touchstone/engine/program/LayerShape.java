package io.touchstone.engine.program;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Experts;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.Mlp;
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

  /** Of a task of a model with experts: more would leave threads without one. */
  private static final int MOST_TOKENS = 4_096;

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

  /** About how many tokens are one task: with experts enough that each of them has some. */
  public int microBatchTokens() {
    int usual = processor.kernels().microBatchTokens();
    return config
        .mlp()
        .experts()
        .map(
            some -> {
              int each = some.count() / some.chosen();
              return Math.max(usual, Math.min(MOST_TOKENS, 2 * Kernels.LEAST_ROWS * each));
            })
        .orElse(usual);
  }

  /** The most that a task may have, as {@link Kernels#mostMicroBatchTokens} says. */
  public int mostMicroBatchTokens() {
    int more = processor.kernels().mostMicroBatchTokens();
    return more + 2 * (microBatchTokens() - processor.kernels().microBatchTokens());
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

  /** Whether scores are capped, which only attention of blocks can do. */
  public boolean capsScores() {
    return config.attention().scoreCap() > 0;
  }

  /** Bytes that capped attention takes for so many queries: scores of a block, rows of heads. */
  public long cappedBytes(int queries) {
    if (!capsScores()) {
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
      config.mlp().gated() ? 1 : 0,
      config.mlp().input() == Mlp.Input.BESIDE_ATTENTION ? 1 : 0,
      config.mlp().experts().map(Experts::count).orElse(0),
      config.mlp().experts().map(Experts::chosen).orElse(0),
      config.mlp().experts().map(Experts::renormalised).orElse(false) ? 1 : 0
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
