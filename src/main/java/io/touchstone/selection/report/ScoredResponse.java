package io.touchstone.selection.report;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import java.util.List;

/**
 * A response with what models gave it.
 *
 * @param scores one for each column; owned by the response
 * @param conversation ends with the response
 * @param side that the row puts it on
 */
record ScoredResponse(double[] scores, Conversation conversation, Side side) {

  /** What people thought of a response beside another. */
  enum Side {
    CHOSEN,
    REJECTED,
    /** The row does not say. */
    NONE
  }

  String text() {
    List<Turn> turns = conversation.turns();
    return turns.get(turns.size() - 1).text();
  }

  /** Number of characters. */
  int length() {
    String text = text();
    return text.codePointCount(0, text.length());
  }

  List<Turn> prompt() {
    List<Turn> turns = conversation.turns();
    return turns.subList(0, turns.size() - 1);
  }

  /** What was asked last; empty where nothing was. */
  String question() {
    List<Turn> prompt = prompt();
    return prompt.isEmpty() ? "" : prompt.get(prompt.size() - 1).text();
  }
}
