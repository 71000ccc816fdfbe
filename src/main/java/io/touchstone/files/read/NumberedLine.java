package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.RowProblem;

/**
 * A line that is not blank.
 *
 * @param number from 0, in its piece
 */
public record NumberedLine(long number, RawLine line) {

  /**
   * @throws RowProblem if the line is too long to be one
   */
  public byte[] bytes() {
    return line.bytes();
  }
}
