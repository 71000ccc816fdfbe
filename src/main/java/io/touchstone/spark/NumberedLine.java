package io.touchstone.spark;

import io.touchstone.conversation.RawLine;
import io.touchstone.conversation.RowProblem;

/**
 * A line that is not blank.
 *
 * @param number from 0, in its piece
 */
record NumberedLine(long number, RawLine line) {

  /**
   * @throws RowProblem if the line is too long to be one
   */
  byte[] bytes() {
    if (line instanceof RawLine.TooLong tooLong) {
      throw new RowProblem(tooLong.malformed());
    }
    return ((RawLine.Whole) line).bytes();
  }
}
