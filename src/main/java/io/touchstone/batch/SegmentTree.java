package io.touchstone.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The conversations of a row, cut into segments; what they have in common stands there once.
 *
 * <p>A conversation is a path from a root to its end; its reward is read at its last token.
 *
 * @param segments token ids, none empty; owned by the tree
 * @param parents segment that a segment continues, or -1 for a root; always a smaller number
 * @param ends for each conversation its last segment
 * @param stretches for each segment that of its conversations: which of a model's tables of
 *     positions they have, 0 where there is but one. A segment has its parent's
 */
public record SegmentTree(List<int[]> segments, int[] parents, int[] ends, int[] stretches) {

  public SegmentTree {
    segments = List.copyOf(segments);
    if (parents.length != segments.size() || stretches.length != segments.size()) {
      throw new IllegalArgumentException(
          "segments: expected " + segments.size() + " parents, found " + parents.length);
    }
    for (int s = 0; s < parents.length; s++) {
      if (parents[s] >= s || parents[s] < -1 || segments.get(s).length == 0) {
        throw new IllegalArgumentException(
            "segments: segment "
                + s
                + ": expected tokens and an earlier parent, found "
                + segments.get(s).length
                + " tokens and "
                + parents[s]);
      }
    }
    for (int end : ends) {
      if (end < 0 || end >= parents.length) {
        throw new IllegalArgumentException(
            "segments: expected ends among " + parents.length + " segments, found " + end);
      }
    }
  }

  /** Segments of conversations that all have the usual table of positions. */
  public SegmentTree(List<int[]> segments, int[] parents, int[] ends) {
    this(segments, parents, ends, new int[parents.length]);
  }

  /** The segments of a conversation, from its first token to its read-out. */
  public List<int[]> path(int conversation) {
    List<int[]> path = new ArrayList<>();
    for (int s = ends[conversation]; s >= 0; s = parents[s]) {
      path.add(segments.get(s));
    }
    Collections.reverse(path);
    return path;
  }

  /** Which table of positions a conversation has. */
  public int stretch(int conversation) {
    return stretches[ends[conversation]];
  }

  /** Some of its conversations, cut as they are here. */
  public SegmentTree only(List<Integer> conversations) {
    int[] numbers = new int[parents.length];
    for (int conversation : conversations) {
      for (int s = ends[conversation]; s >= 0 && numbers[s] == 0; s = parents[s]) {
        numbers[s] = 1;
      }
    }
    List<int[]> kept = new ArrayList<>();
    int[] keptParents = new int[parents.length];
    int[] keptStretches = new int[parents.length];
    for (int s = 0; s < parents.length; s++) {
      if (numbers[s] == 1) {
        keptParents[kept.size()] = parents[s] < 0 ? -1 : numbers[parents[s]];
        keptStretches[kept.size()] = stretches[s];
        numbers[s] = kept.size();
        kept.add(segments.get(s));
      }
    }
    return new SegmentTree(
        kept,
        Arrays.copyOf(keptParents, kept.size()),
        conversations.stream().mapToInt(conversation -> numbers[ends[conversation]]).toArray(),
        Arrays.copyOf(keptStretches, kept.size()));
  }

  /** Tokens of all segments, each once. */
  public int tokens() {
    return segments.stream().mapToInt(segment -> segment.length).sum();
  }
}
