package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;

/**
 * A chat that ends with the answer that was chosen, and beside it the one that was not, which
 * answers the last user's turn: ms-swift's rows ({@code _compat_rejected_response} of its {@code
 * template_inputs.py}). Both are scored.
 */
record RejectedAnswer(Field<TextOrMessages> chat, Field<TextOrMessages> rejected)
    implements RowRecipe {

  @Override
  public List<Field<?>> reads() {
    return List.of(chat, rejected);
  }

  @Override
  public Row row(RowFields fields) {
    TextOrMessages said = fields.required(chat);
    Prompt whole = Prompt.none(fields.opening(), fields::note);
    List<Turn> turns = ((TextOrMessages.Messages) said).turns();
    int asked = turns.size();
    while (asked > 0 && turns.get(asked - 1).role() != Role.USER) {
      asked--;
    }
    if (asked == 0) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          chat.name(),
          "expected a user's turn, which " + rejected.name() + " answers, found none");
    }
    Prompt prompt =
        Prompt.of(
            chat.name(),
            new TextOrMessages.Messages(turns.subList(0, asked)),
            fields.rules().markers(),
            fields.opening(),
            fields::note);
    return fields.writingFields(
        List.of(
            whole.answered(chat.name(), said),
            prompt.answered(rejected.name(), fields.required(rejected))));
  }
}
