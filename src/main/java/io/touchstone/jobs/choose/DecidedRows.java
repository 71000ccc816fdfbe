package io.touchstone.jobs.choose;

import io.touchstone.files.read.NumberedLine;
import java.util.Iterator;
import java.util.function.ToLongFunction;

/**
 * Decisions on rows of one piece, in their order.
 *
 * @param position of the row that a decision is on, as {@link RowPosition} has it
 */
record DecidedRows<D>(Iterator<D> decisions, ToLongFunction<D> position) {

  /**
   * The decision on a row, which is the next that there is one on.
   *
   * @throws IllegalStateException if the next decision is on another row
   */
  D on(NumberedLine row) {
    D decision = decisions.hasNext() ? decisions.next() : null;
    if (decision == null || RowPosition.number(position.applyAsLong(decision)) != row.number()) {
      throw new IllegalStateException(
          "expected the input to be as it was when all rows were looked at, found row "
              + row.number()
              + " changed");
    }
    return decision;
  }
}
