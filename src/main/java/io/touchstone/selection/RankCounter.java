package io.touchstone.selection;

import java.io.Serializable;

/** Gives ranks to scores that come from the best to the worst. */
public final class RankCounter implements Serializable {

  private static final long serialVersionUID = 1L;

  private long place;
  private long equalFrom;
  private double before;

  /**
   * @param place how many scores have come before
   * @param equalFrom how many of them are better than {@code before}
   * @param before the last of them; NaN for none
   */
  RankCounter(long place, long equalFrom, double before) {
    this.place = place;
    this.equalFrom = equalFrom;
    this.before = before;
  }

  /** The next score's rank. */
  public Rank next(double score) {
    if (score != before) {
      equalFrom = place;
      before = score;
    }
    place++;
    return new Rank(place, equalFrom + 1);
  }
}
