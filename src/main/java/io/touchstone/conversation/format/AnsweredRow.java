package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowNote;
import java.util.List;
import java.util.Optional;

/**
 * A row as a prompt and what answers it.
 *
 * @param prompt up to the turn that is answered
 * @param answers in their order, empty where null stands in place of one; none where the row has no
 *     answer yet
 * @param id what identifies the row; empty where its prompt does
 * @param notes what a user may want to know of how it was understood, each once
 * @param row as it came
 */
public record AnsweredRow(
    Conversation prompt,
    List<Optional<Turn>> answers,
    Optional<String> id,
    List<RowNote> notes,
    JsonRow row) {

  public AnsweredRow {
    answers = List.copyOf(answers);
    notes = List.copyOf(notes);
  }
}
