package io.touchstone.selection;

/**
 * Where a row stands among all that are ranked.
 *
 * @param place from 1, different for each row: of equal scores the first row of the input is ahead
 * @param rank 1 more than there are rows with a better score; the same for equal scores
 */
public record Rank(long place, long rank) {

  /** The share of rows whose score is not above this one's, in percent; 100 for the best. */
  public double percentile(long rows) {
    return 100.0 * (rows - rank + 1) / rows;
  }
}
