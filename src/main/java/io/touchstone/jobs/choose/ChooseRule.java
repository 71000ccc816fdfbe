package io.touchstone.jobs.choose;

import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.NumberedLine;

/** What a job makes of the rows of one piece; asked for each, in their order. */
@FunctionalInterface
public interface ChooseRule {

  /**
   * @throws RowProblem if the row is to be rejected
   */
  Outcome outcome(NumberedLine row);
}
