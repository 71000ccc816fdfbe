package io.touchstone.scoring;

import java.util.List;

/**
 * A conversation as token ids, cut where other conversations may part from it.
 *
 * @param segments ids from the first token up to the read-out; none empty, owned by the path and
 *     maybe shared with others of the row
 * @param promptTokens of the whole prompt, those after the read-out included
 */
public record TokenPath(List<int[]> segments, int promptTokens) {

  public TokenPath {
    segments = List.copyOf(segments);
  }

  public int tokens() {
    return segments.stream().mapToInt(segment -> segment.length).sum();
  }
}
