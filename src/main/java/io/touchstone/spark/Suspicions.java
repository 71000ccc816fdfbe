package io.touchstone.spark;

import io.touchstone.reward.Rejected;
import io.touchstone.scoring.RowWatch.Caution;
import java.util.List;

/**
 * What the marks of processes that are gone say of a piece's lines.
 *
 * @param last what each of them did last
 * @param survived rows that one of them had run alone before that
 */
record Suspicions(List<Underway> last, List<Underway> survived) {

  static final String KILLED = "killed-the-process";
  static final String TIMED_OUT = "timed-out";

  /** Alone: in the first load that ended with a process the row was one of many. */
  private static final int MOST_DEATHS = 2;

  Suspicions {
    last = List.copyOf(last);
    survived = List.copyOf(survived);
  }

  boolean isEmpty() {
    return last.isEmpty();
  }

  /**
   * @param seconds that a row may take now; what took longer than it might then may be in time now
   */
  Caution caution(long offset, int seconds) {
    long loads = count(last, Underway.Step.LOAD, offset);
    long deaths = count(last, Underway.Step.ALONE, offset);
    int waited = waited(offset);
    if (deaths >= MOST_DEATHS) {
      return new Caution.Never(
          new Rejected(
              KILLED,
              "the model: expected a score, found that "
                  + deaths
                  + " processes died while they ran this row and nothing else; it was not run"
                  + " again"));
    }
    if (seconds > 0 && waited >= seconds) {
      return new Caution.Never(
          new Rejected(
              TIMED_OUT,
              "the model: expected a score for the row alone within "
                  + seconds
                  + " s, found none after "
                  + waited
                  + " s; it was not run again"));
    }
    boolean cleared = loads <= count(survived, Underway.Step.ALONE, offset);
    return deaths == 0 && waited == 0 && cleared ? new Caution.None() : new Caution.Alone();
  }

  private int waited(long offset) {
    return last.stream()
        .filter(mark -> mark.step() == Underway.Step.OVERDUE && mark.holds(offset))
        .mapToInt(Underway::seconds)
        .max()
        .orElse(0);
  }

  private static long count(List<Underway> marks, Underway.Step step, long offset) {
    return marks.stream().filter(mark -> mark.step() == step && mark.holds(offset)).count();
  }
}
