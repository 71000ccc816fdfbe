package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Stands beside rows on their way to the model and through it, for the case that one of them takes
 * the process with it: whoever tries again is told which were under way. What it does not do itself
 * is done as if nobody watched.
 */
public interface RowWatch {

  /** Watches nothing: for rows that never reach the model, and where nobody tries again. */
  RowWatch NONE = new RowWatch() {};

  /** How a line is to be met. Any thread. */
  default Caution caution(RawLine line) {
    return new Caution.None();
  }

  /** Lines that are prepared next, one after another, by the same thread. */
  default void ahead(List<RawLine> lines) throws IOException {}

  /** Prepares the row of one line, while others prepare or score theirs. One thread. */
  default <T> T preparing(RawLine line, Supplier<T> work) throws IOException {
    return work.get();
  }

  /**
   * Scores the rows of these lines; no other load of this process is scored meanwhile.
   *
   * @param runs neighbours of the input together, in its order; none empty
   */
  default <T> T scoring(List<List<RawLine>> runs, Supplier<T> work) throws IOException {
    return work.get();
  }

  /** Prepares and scores the row of one line; nothing else is done in this process meanwhile. */
  default <T> T alone(RawLine line, Supplier<T> work) throws IOException {
    return work.get();
  }

  /** What an earlier end of a process asks for. */
  sealed interface Caution {

    /** Nothing: the line is like any other. */
    record None() implements Caution {}

    /** It was under way with others when a process ended: now it goes alone. */
    record Alone() implements Caution {}

    /** It is never run again. */
    record Never(Rejected why) implements Caution {}
  }
}
