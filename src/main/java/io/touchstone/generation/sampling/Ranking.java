package io.touchstone.generation.sampling;

import java.util.Arrays;

/**
 * Tokens in the order of their logits, the largest first, of equal ones the lowest id first; those
 * of minus infinity are left out. Sorted as far as it is asked for: of a large vocabulary mostly a
 * few hundred tokens.
 */
final class Ranking {
  /** How far below the largest logit the first band reaches; each next one twice as far. */
  private static final float FIRST_BAND = 8;

  private final float[] logits;
  private final float best;
  private final int size;
  private long[] keys = new long[64];
  private int sorted;
  private double mass;

  /** Above which all are sorted in; those at it are not. */
  private float floor = Float.POSITIVE_INFINITY;

  private float band = FIRST_BAND;

  /**
   * @param logits by id; owned by the ranking
   */
  Ranking(float[] logits) {
    this.logits = logits;
    float largest = Float.NEGATIVE_INFINITY;
    int possible = 0;
    for (float logit : logits) {
      if (!(logit < Float.POSITIVE_INFINITY)) {
        throw UnfitLogitsException.notNumbers();
      }
      largest = Math.max(largest, logit);
      possible += logit > Float.NEGATIVE_INFINITY ? 1 : 0;
    }
    if (possible == 0) {
      throw new UnfitLogitsException(
          "expected a token that the rules of generation_config.json leave, found none");
    }
    best = largest;
    size = possible;
  }

  /** How many tokens it has. */
  int size() {
    return size;
  }

  int id(int rank) {
    return (int) key(rank);
  }

  float logit(int rank) {
    return logits[id(rank)];
  }

  /** A token's probability in terms of the first one's. */
  double weight(int rank) {
    return weight(logit(rank));
  }

  private double weight(float logit) {
    return Exponential.of((double) logit - best);
  }

  /** The weights' sum. */
  double mass() {
    if (mass == 0) {
      for (float logit : logits) {
        mass += weight(logit);
      }
    }
    return mass;
  }

  /** The first one, with nothing sorted. */
  int bestId() {
    int id = 0;
    while (logits[id] != best) {
      id++;
    }
    return id;
  }

  /** The same tokens but for those of the first so many ranks that are not kept, and all others. */
  Ranking only(boolean[] kept) {
    float[] left = new float[logits.length];
    Arrays.fill(left, Float.NEGATIVE_INFINITY);
    for (int rank = 0; rank < kept.length; rank++) {
      if (kept[rank]) {
        left[id(rank)] = logit(rank);
      }
    }
    return new Ranking(left);
  }

  private long key(int rank) {
    while (rank >= sorted) {
      sortNextBand();
    }
    return keys[rank];
  }

  private void sortNextBand() {
    float ceiling = floor;
    floor = best - band;
    if (!(floor < ceiling)) {
      floor = Float.NEGATIVE_INFINITY;
    }
    band *= 2;
    int from = sorted;
    for (int id = 0; id < logits.length; id++) {
      float logit = logits[id];
      if (logit > floor && logit <= ceiling) {
        if (sorted == keys.length) {
          keys = Arrays.copyOf(keys, 2 * sorted);
        }
        keys[sorted++] = (long) descending(logit) << Integer.SIZE | id;
      }
    }
    Arrays.sort(keys, from, sorted);
  }

  /** Orders as the logits do, turned round; zeros of both signs are one. */
  private static int descending(float logit) {
    int bits = Float.floatToIntBits(logit + 0f);
    return ~(bits ^ bits >> 31 & Integer.MAX_VALUE);
  }
}
