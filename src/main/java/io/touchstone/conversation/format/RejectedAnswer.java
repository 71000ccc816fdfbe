package io.touchstone.conversation.format;

import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import java.util.Set;

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
  public Set<String> ofAnswers() {
    return Set.of(rejected.name());
  }

  @Override
  public Question question(RowFields fields, LastAnswer last) {
    List<Turn> turns = ((TextOrMessages.Messages) fields.required(chat)).turns();
    return Question.in(
        chat.name(), fields.opening().before(turns, chat.name()), last, fields::note);
  }

  @Override
  public Row row(RowFields fields) {
    TextOrMessages said = fields.required(chat);
    Prompt whole = Prompt.none(fields.opening(), fields::note);
    List<Turn> turns = ((TextOrMessages.Messages) said).turns();
    int asked = Question.upToUser(turns);
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
