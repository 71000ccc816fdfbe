package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands in front of all turns of a row's conversations: columns of their own hold it.
 *
 * @param system the system's turn; empty where no column holds one
 * @param tools that the assistant was offered
 */
record Opening(Optional<System> system, List<Object> tools) {

  private static final String DEVELOPER = "developer";

  /**
   * @param column that holds it
   */
  record System(String column, String text) {}

  Conversation conversation(List<Turn> turns) {
    return new Conversation(turns, tools);
  }

  /**
   * The turns with the system's in front, unless it stands there already.
   *
   * @param field that holds the turns
   * @throws RowProblem if the turns have another system's turn
   */
  List<Turn> before(List<Turn> turns, String field) {
    if (system.isEmpty()) {
      return turns;
    }
    String text = system.get().text;
    boolean said = false;
    for (int i = 0; i < turns.size(); i++) {
      if (isOfSystem(turns.get(i))) {
        if (i > 0 || !turns.get(i).text().equals(text)) {
          throw new RowProblem(
              Malformation.AMBIGUOUS,
              system.get().column,
              "expected the only system turn, or the same text as the first turn's, found another"
                  + " system turn in "
                  + field
                  + ": either may be meant (--no-system-column leaves the column unread)");
        }
        said = true;
      }
    }
    if (said) {
      return turns;
    }
    List<Turn> opened = new ArrayList<>();
    opened.add(Turn.of(Role.SYSTEM, text));
    opened.addAll(turns);
    return opened;
  }

  static boolean isOfSystem(Turn turn) {
    return turn.role() == Role.SYSTEM || DEVELOPER.equals(turn.fields().get("role"));
  }
}
