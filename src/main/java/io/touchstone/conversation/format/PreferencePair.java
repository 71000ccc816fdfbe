package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two sides, both of which are scored.
 *
 * <p>A text answers the prompt, or is a whole transcript where there is none. A message list
 * continues a prompt that is a list, and is the whole conversation beside one that is a text: data
 * sets with lists repeat such a prompt as their first message.
 */
record PreferencePair(
    Field<TextOrMessages> prompt, Field<TextOrMessages> chosen, Field<TextOrMessages> rejected)
    implements RowRecipe {

  @Override
  public List<Field<?>> reads() {
    return List.of(prompt, chosen, rejected);
  }

  @Override
  public Row row(RowFields fields) {
    Optional<TextOrMessages> asked = fields.optional(prompt);
    return fields.writingFields(
        List.of(
            side(chosen.name(), fields.required(chosen), asked),
            side(rejected.name(), fields.required(rejected), asked)));
  }

  private static Conversation side(
      String name, TextOrMessages side, Optional<TextOrMessages> prompt) {
    if (side instanceof TextOrMessages.Text answer) {
      return prompt
          .map(asked -> SharedTurns.answered(asked.turns(), answer.text()))
          .orElseGet(() -> new Conversation(Transcript.turns(name, answer.text())));
    }
    List<Turn> own = side.turns();
    int last = own.size() - 1;
    if (own.get(last).role() != Role.ASSISTANT) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          name + "[" + last + "].role",
          "expected assistant in the last message, found another role");
    }
    List<Turn> turns = new ArrayList<>();
    if (prompt.isPresent() && prompt.get() instanceof TextOrMessages.Messages asked) {
      turns.addAll(asked.turns());
    }
    turns.addAll(own);
    return new Conversation(turns);
  }
}
