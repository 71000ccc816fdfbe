package io.touchstone.spark.watch;

import java.util.List;

/**
 * What an attempt is about to do, as a line of its {@link AttemptMark}.
 *
 * @param first offset of the first line
 * @param last offset of the last line
 * @param runs which lines between them, where it is not all; else empty
 * @param seconds that a row may take; 0 for any time
 */
record AttemptStep(Step step, long first, long last, List<Run> runs, int seconds) {

  /** Neighbouring lines, by the offsets of the first and the last. */
  record Run(long first, long last) {}

  AttemptStep {
    runs = List.copyOf(runs);
  }

  AttemptStep(Step step, long first, long last, int seconds) {
    this(step, first, last, List.of(), seconds);
  }

  /**
   * @param runs in the order of the input; not empty
   */
  static AttemptStep of(Step step, List<Run> runs, int seconds) {
    return new AttemptStep(
        step,
        runs.get(0).first,
        runs.get(runs.size() - 1).last,
        runs.size() == 1 ? List.of() : runs,
        seconds);
  }

  /** What a mark tells of: two things happen in an attempt at the same time. */
  enum Lane {
    PREPARATION,
    MODEL
  }

  /** Named in the files: a constant that is renamed is one that is forgotten. */
  enum Step {
    /** Lines that are read ahead: some are prepared, one may be under way, others wait. */
    AHEAD(Lane.PREPARATION),
    /** One line is being prepared, and said so because it was among such lines before. */
    APART(Lane.PREPARATION),
    /** It is prepared. */
    PREPARED(Lane.PREPARATION),
    /** The preparation of one line has taken longer than a row may: the process ends itself. */
    LATE(Lane.PREPARATION),
    /** No row is in the model. */
    NOTHING(Lane.MODEL),
    /** Rows that are in the model, one of which may be the last thing that the process did. */
    LOAD(Lane.MODEL),
    /** One row, from its line to its score, and nothing else in the whole process. */
    ALONE(Lane.MODEL),
    /** One row alone has taken longer than it may: the process ends itself. */
    OVERDUE(Lane.MODEL);

    private final Lane lane;

    Step(Lane lane) {
      this.lane = lane;
    }

    Lane lane() {
      return lane;
    }

    /** Whether it tells that nothing is under way. */
    boolean isIdle() {
      return this == NOTHING || this == PREPARED;
    }
  }

  static AttemptStep nothing() {
    return new AttemptStep(Step.NOTHING, 0, 0, 0);
  }

  static AttemptStep of(Step step, long line, int seconds) {
    return new AttemptStep(step, line, line, seconds);
  }

  /** Whether it says nothing any more once another is told behind it. */
  boolean isPassing(AttemptStep next) {
    return (step == Step.LOAD || step == Step.NOTHING) && next.step.lane() == Lane.MODEL;
  }

  boolean holds(long offset) {
    return first <= offset
        && offset <= last
        && (runs.isEmpty()
            || runs.stream().anyMatch(run -> run.first <= offset && offset <= run.last));
  }
}
