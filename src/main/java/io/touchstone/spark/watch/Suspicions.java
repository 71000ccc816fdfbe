package io.touchstone.spark.watch;

import io.touchstone.problem.Problem;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.pipeline.RowWatch.Caution;
import java.util.List;

/**
 * What the marks of processes that are gone say of a piece's lines.
 *
 * @param last what each of them did last
 * @param survived rows that one of them had run alone before that
 */
record Suspicions(List<AttemptStep> last, List<AttemptStep> survived) {

  static final String KILLED = "killed-the-process";
  static final String TIMED_OUT = "timed-out";

  /** With nothing else suspected: in a death before that the row was one of many. */
  private static final int MOST_DEATHS = 2;

  Suspicions {
    last = List.copyOf(last);
    survived = List.copyOf(survived);
  }

  boolean isEmpty() {
    return last.isEmpty();
  }

  /** Whether a single line was under way, and known to be, when a process ended. */
  static boolean isDeathOfOne(AttemptStep last) {
    return last.step() == AttemptStep.Step.ALONE || last.step() == AttemptStep.Step.APART;
  }

  /** Whether a line is to be prepared under a mark of its own. */
  boolean isApart(long offset) {
    return count(last, AttemptStep.Step.AHEAD, offset) > 0;
  }

  /**
   * @param seconds that a row may take now; what took longer than it might then may be in time now
   */
  Caution caution(long offset, int seconds, Sought sought) {
    long alone = count(last, AttemptStep.Step.ALONE, offset);
    long apart = count(last, AttemptStep.Step.APART, offset);
    long company =
        count(last, AttemptStep.Step.LOAD, offset) + count(last, AttemptStep.Step.LATE, offset);
    int waited = waited(offset);
    // Other rows are in the model while one is prepared apart: that alone convicts nobody.
    if (alone > 0 && alone + apart >= MOST_DEATHS) {
      return new Caution.Never(
          new Rejected(KILLED, found(alone, apart, sought) + "; it was not run again"));
    }
    if (seconds > 0 && waited >= seconds) {
      return new Caution.Never(
          new Rejected(
              TIMED_OUT,
              Problem.at("the model")
                  .expected(sought.timed() + " within " + seconds + " s")
                  .found("none after " + waited + " s; it was not run again")));
    }
    long uncleared = company + apart - count(survived, AttemptStep.Step.ALONE, offset);
    return alone == 0 && waited == 0 && uncleared < sought.deathsInCompany()
        ? new Caution.None()
        : new Caution.Alone();
  }

  private static String found(long alone, long apart, Sought sought) {
    return apart == 0
        ? Problem.at("the model")
            .expected(sought.noun())
            .found("that " + alone + " processes died while they ran this row and nothing else")
        : Problem.at("before the model")
            .expected("token ids")
            .found(
                "that "
                    + apart
                    + " processes died while they prepared this row, and "
                    + alone
                    + " while they ran it and nothing else");
  }

  private int waited(long offset) {
    return last.stream()
        .filter(mark -> mark.step() == AttemptStep.Step.OVERDUE && mark.holds(offset))
        .mapToInt(AttemptStep::seconds)
        .max()
        .orElse(0);
  }

  private static long count(List<AttemptStep> marks, AttemptStep.Step step, long offset) {
    return marks.stream().filter(mark -> mark.step() == step && mark.holds(offset)).count();
  }
}
