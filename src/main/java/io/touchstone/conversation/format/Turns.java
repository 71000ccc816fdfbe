package io.touchstone.conversation.format;

import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;

/** What a field says, whatever its form. */
interface Turns {

  /**
   * @throws RowProblem if somebody speaks who has no role
   */
  List<Turn> turns();
}
