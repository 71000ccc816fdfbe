package io.touchstone.batch;

import java.util.Arrays;

/**
 * Token ids on their way through a model: segments in a forest, each token once.
 *
 * <p>A conversation is a path from a root segment to one of its descendants. Segments stand in
 * pre-order, so each tree is one contiguous range of tokens.
 *
 * @param ids token ids of all segments, one segment after another; owned by the load
 * @param starts index in {@code ids} of each segment's first token, and at the end {@code
 *     ids.length}: one more entry than there are segments
 * @param parents segment that a segment continues, or -1 for a root; always a smaller number
 * @param stretches for each segment which of the model's tables of positions it has, its parent's
 * @param readOuts index in {@code ids} of the token at which each conversation's reward is read
 */
public record PackedLoad(int[] ids, int[] starts, int[] parents, int[] stretches, int[] readOuts) {

  public PackedLoad {
    if (starts.length != parents.length + 1 || starts[parents.length] != ids.length) {
      throw new IllegalArgumentException(
          "load: expected "
              + (parents.length + 1)
              + " segment starts up to "
              + ids.length
              + ", found "
              + starts.length);
    }
    for (int s = 0; s < parents.length; s++) {
      if (parents[s] >= s || parents[s] < -1 || starts[s] >= starts[s + 1]) {
        throw new IllegalArgumentException(
            "load: segment " + s + ": expected tokens and an earlier parent, found " + parents[s]);
      }
    }
    for (int readOut : readOuts) {
      if (readOut < 0 || readOut >= ids.length) {
        throw new IllegalArgumentException(
            "load: expected read-outs within " + ids.length + " tokens, found " + readOut);
      }
    }
  }

  public int tokens() {
    return ids.length;
  }

  public int segments() {
    return parents.length;
  }

  public int length(int segment) {
    return starts[segment + 1] - starts[segment];
  }

  /** Position of each token in its conversation, counted from 0. */
  public int[] positions() {
    int[] positions = new int[ids.length];
    for (int s = 0; s < parents.length; s++) {
      int first = parents[s] < 0 ? 0 : positions[starts[parents[s] + 1] - 1] + 1;
      for (int t = starts[s]; t < starts[s + 1]; t++) {
        positions[t] = first + t - starts[s];
      }
    }
    return positions;
  }

  /** The segment that a token belongs to. */
  public int segmentOf(int token) {
    int at = Arrays.binarySearch(starts, 0, parents.length, token);
    return at < 0 ? -at - 2 : at;
  }
}
