package io.touchstone.spark;

import io.touchstone.conversation.RowProblem;

/** What a job makes of the rows of one piece; asked for each, in their order. */
@FunctionalInterface
interface LineRule {

  /**
   * @throws RowProblem if the row is to be rejected
   */
  Outcome outcome(NumberedLine row);
}
