package io.touchstone.generation.sampling;

import java.io.Serializable;

/** How a token is taken from the logits that all other rules have left. */
public sealed interface Decoding extends Serializable {

  /**
   * How a sample's tokens are taken.
   *
   * @param sample its number among those of its prompt, from 0
   */
  default Decoding of(int sample) {
    return this;
  }

  /** The most probable one; of several the one with the lowest id. */
  record Greedy() implements Decoding {}

  /** The first sample of a prompt is greedy, the others are drawn. */
  record FirstGreedy(Sampling others) implements Decoding {
    @Override
    public Decoding of(int sample) {
      return sample == 0 ? new Greedy() : others;
    }
  }

  /**
   * A draw from what is left of the distribution, in transformers' order: the temperature divides
   * the logits, then each of the others leaves tokens out.
   *
   * @param temperature above 0; 1 changes nothing
   * @param topH share of the hundred best tokens' entropy; 0 is off
   * @param topK how many of the best, and those that share the last one's logit; 0 is off
   * @param topP mass of the best; 1 is off
   * @param minP of the best one's probability; 0 is off
   * @param typicalP mass of those nearest to the entropy; 1 is off
   * @param epsilonCutoff least probability; 0 is off
   * @param etaCutoff least probability, lowered by the entropy; 0 is off
   */
  record Sampling(
      double temperature,
      double topH,
      int topK,
      double topP,
      double minP,
      double typicalP,
      double epsilonCutoff,
      double etaCutoff)
      implements Decoding {

    /** A draw from the distribution as the model gives it. */
    public static final Sampling PLAIN = new Sampling(1, 0, 0, 1, 0, 1, 0, 0);
  }
}
