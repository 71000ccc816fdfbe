package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is to be answered.
 *
 * @param turns up to the one that is answered, or with the answer's beginning as their last
 * @param beginning the text of that one; empty where the answer has none
 */
record Question(List<Turn> turns, Optional<String> beginning) {

  /** White space at a thought's ends is not part of it. */
  private static final String OPENS_THOUGHT = "<think>";

  /**
   * The turns up to the last user's; all of them where the last is not the assistant's, which
   * awaits an answer then.
   *
   * @param field that holds the turns
   * @param notes are told what may be worth telling
   * @throws RowProblem if no user speaks, or the last turn cannot be continued
   */
  static Question in(
      String field, List<Turn> turns, LastAnswer last, Consumer<RowNote.Kind> notes) {
    Question whole = of(field, turns);
    if (turns.get(turns.size() - 1).role() != Role.ASSISTANT) {
      return whole;
    }
    return last == LastAnswer.CONTINUED
        ? continuing(field, turns)
        : new Question(cut(turns, upToUser(turns), notes), Optional.empty());
  }

  /** All of the turns, one of which must be a user's. */
  static Question of(String field, List<Turn> turns) {
    if (upToUser(turns) == 0) {
      throw new RowProblem(
          Malformation.NOTHING_TO_ANSWER,
          field,
          "expected a user's turn, found none in " + turns.size() + " turns");
    }
    return new Question(turns, Optional.empty());
  }

  /** The turns in front of an answer, which may be more than one turn with those of tools. */
  static List<Turn> cut(List<Turn> turns, int end, Consumer<RowNote.Kind> notes) {
    if (turns.size() > end + 1) {
      notes.accept(RowNote.Kind.LEFT_OUT_TURNS);
    }
    return turns.subList(0, end);
  }

  /** The turns, of which the last is the beginning of an answer. */
  static Question continuing(String field, List<Turn> turns) {
    Turn last = turns.get(turns.size() - 1);
    if (last.has("tool_calls") || !(last.fields().get("content") instanceof String text)) {
      throw new RowProblem(
          Malformation.UNSUPPORTED_CONTENT,
          field + "[" + (turns.size() - 1) + "]",
          "expected a text to be continued, found "
              + (last.has("tool_calls") ? "tool calls" : "another content"));
    }
    String written = text.stripTrailing();
    if (!written.equals(text) && !written.endsWith(OPENS_THOUGHT)) {
      throw RowProblem.ambiguous(
          field + "[" + (turns.size() - 1) + "]",
          "the beginning of an answer without white space at its end",
          "one with it: some chat templates take it away, and the answer would go on from another"
              + " text");
    }
    return new Question(turns, Optional.of(text));
  }

  /** How many turns there are up to the last user's, itself among them. */
  static int upToUser(List<Turn> turns) {
    int end = turns.size();
    while (end > 0 && turns.get(end - 1).role() != Role.USER) {
      end--;
    }
    return end;
  }
}
