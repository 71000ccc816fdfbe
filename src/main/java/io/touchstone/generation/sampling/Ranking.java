package io.touchstone.generation.sampling;

import java.util.Arrays;

/**
 * Tokens in the order of their logits, the largest first, of equal ones the lowest id first; those
 * of minus infinity are left out. Sorted as far as it is asked for (incremental quicksort: Paredes
 * and Navarro, "Optimal incremental sorting", 2006): of a large vocabulary mostly a few hundred
 * tokens.
 */
final class Ranking {
  /** How far below the largest logit tokens lie that are looked at first, and how it grows. */
  private static final float NEAR = 8;

  private static final float WIDER = 1.5f;
  private static final float FAR = 100;

  /** A range that is sorted at once. */
  private static final int SMALL = 64;

  private final float[] logits;
  private final float best;
  private final int size;
  private double mass;

  /** Of the tokens looked at: those of the first ranks sorted, then ranges, each below the last. */
  private long[] keys = new long[SMALL];

  private int looked;
  private int sorted;

  /** Above which all tokens are looked at. */
  private float floor = Float.POSITIVE_INFINITY;

  private float near = NEAR;

  /**
   * Where ranges begin that are not sorted, the nearest last; what is between them is not either.
   */
  private int[] borders = new int[SMALL];

  private int ranges;

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
      if (sorted == looked) {
        look();
      }
      sortNearestRange();
    }
    return keys[rank];
  }

  /** Takes the next nearest tokens below those that were looked at; maybe there are none. */
  private void look() {
    float ceiling = floor;
    floor = near < FAR ? Math.min(floor, best - near) : Float.NEGATIVE_INFINITY;
    near *= WIDER;
    for (int id = 0; id < logits.length; id++) {
      float logit = logits[id];
      if (logit > floor && logit <= ceiling) {
        if (looked == keys.length) {
          keys = Arrays.copyOf(keys, 2 * looked);
        }
        keys[looked++] = (long) descending(logit) << Integer.SIZE | id;
      }
    }
    ranges = 0;
    push(looked);
  }

  private void sortNearestRange() {
    while (borders[ranges - 1] - sorted > SMALL) {
      push(partition(sorted, borders[ranges - 1]));
    }
    Arrays.sort(keys, sorted, borders[ranges - 1]);
    sorted = borders[--ranges];
  }

  private void push(int border) {
    if (ranges == borders.length) {
      borders = Arrays.copyOf(borders, 2 * ranges);
    }
    borders[ranges++] = border;
  }

  /**
   * Brings the lesser keys of a range to its front.
   *
   * @return where the others begin; neither side is empty
   */
  private int partition(int from, int to) {
    long pivot = median(keys[from], keys[(from + to) >>> 1], keys[to - 1]);
    int left = from - 1;
    int right = to;
    while (true) {
      do {
        left++;
      } while (keys[left] < pivot);
      do {
        right--;
      } while (keys[right] > pivot);
      if (left >= right) {
        return left;
      }
      long key = keys[left];
      keys[left] = keys[right];
      keys[right] = key;
    }
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** Orders as the logits do, turned round; zeros of both signs are one. */
  private static int descending(float logit) {
    int bits = Float.floatToIntBits(logit + 0f);
    return ~(bits ^ bits >> 31 & Integer.MAX_VALUE);
  }
}
