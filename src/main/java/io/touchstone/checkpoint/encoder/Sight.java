package io.touchstone.checkpoint.encoder;

import java.util.Set;

/** How a layer's tokens see each other. */
public sealed interface Sight {

  /** Each sees all. */
  record All() implements Sight {}

  /**
   * Each sees all, and how far away they are: DeBERTa's disentangled attention.
   *
   * @param buckets of distances, logarithmic from half of them on; 0 for a row per distance
   * @param most the distance that the buckets end at
   * @param keys whether a query meets the embedding of its distance to a key
   * @param queries whether a key meets the embedding of a query's distance to it
   * @param shared whether these pass the layer's own projections; else they have some for
   *     themselves
   * @param normed whether the embeddings of distances pass a norm
   */
  record Distances(
      int buckets, int most, boolean keys, boolean queries, boolean shared, boolean normed)
      implements Sight {

    /** Buckets in each direction. */
    public int span() {
      return buckets > 0 ? buckets : most;
    }

    /** How many sums a score is made of. */
    public int terms() {
      return 1 + (keys ? 1 : 0) + (queries ? 1 : 0);
    }
  }

  /**
   * Rotary positions; layers that slide see so many tokens before and behind, the ends included.
   *
   * @param fullTheta base of the angles in layers that see all
   * @param slidingTheta in the others
   * @param reach tokens on each side
   * @param sliding the layers that slide
   */
  record Turned(double fullTheta, double slidingTheta, int reach, Set<Integer> sliding)
      implements Sight {

    public Turned {
      sliding = Set.copyOf(sliding);
    }

    /** The reach of a layer; 0 where it sees all. */
    public int reachOf(int layer) {
      return sliding.contains(layer) ? reach : 0;
    }
  }
}
