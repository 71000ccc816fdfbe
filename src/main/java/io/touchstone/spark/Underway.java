package io.touchstone.spark;

/**
 * What an attempt is about to do, as a line of its {@link Mark}.
 *
 * @param first offset of the first line
 * @param last offset of the last line
 * @param seconds that a row may take; 0 for any time
 */
record Underway(Step step, long first, long last, int seconds) {

  /** Named in the files: a constant that is renamed is one that is forgotten. */
  enum Step {
    /** No row is in the model. */
    NOTHING,
    /** The rows of a load, one of which may be the last thing that the process did. */
    LOAD,
    /** One row, and nothing else in the whole process. */
    ALONE,
    /** One row alone has taken longer than it may: the process ends itself. */
    OVERDUE
  }

  static Underway nothing() {
    return new Underway(Step.NOTHING, 0, 0, 0);
  }

  boolean holds(long offset) {
    return first <= offset && offset <= last;
  }
}
