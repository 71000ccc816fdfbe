package io.touchstone.checkpoint.config;

import java.util.List;

/**
 * The layers of a hybrid, each a norm and one mixer behind it.
 *
 * @param mixers one for each layer
 * @param mamba the shape of those that are Mamba-2
 */
public record HybridLayers(List<Mixer> mixers, Mamba mamba) {

  public HybridLayers {
    mixers = List.copyOf(mixers);
  }

  /** How many layers are of a kind. */
  public int count(Mixer kind) {
    return (int) mixers.stream().filter(kind::equals).count();
  }

  /**
   * A Mamba-2 mixer (arXiv 2405.21060).
   *
   * @param heads a multiple of {@code groups}
   * @param groups of heads that share their input and output matrices, and are normed together
   * @param state numbers that a channel of a head remembers
   * @param kernel tokens that the convolution sees, itself included
   * @param projectionBias whether the projections at both ends add a bias
   * @param timeStepMin below which transformers 5.23.0 lets no step of a prompt fall
   */
  public record Mamba(
      int heads,
      int headDim,
      int groups,
      int state,
      int kernel,
      boolean projectionBias,
      boolean convolutionBias,
      double timeStepMin) {

    /** Channels of all heads. */
    public int inner() {
      return heads * headDim;
    }

    /** Channels that the convolution takes: all heads', and both matrices of each group. */
    public int convolved() {
      return inner() + 2 * groups * state;
    }

    /** Rows of the projection at the front: gates, convolved channels, steps. */
    public int projected() {
      return inner() + convolved() + heads;
    }
  }
}
