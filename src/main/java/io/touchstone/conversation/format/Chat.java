package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A chat of many turns: the last assistant turn is scored, or each; those after it do not count.
 */
record Chat(Field<? extends Turns> field, ScoredTurns scored) implements RowRecipe {

  @Override
  public List<Field<?>> reads() {
    return List.of(field);
  }

  @Override
  public Row row(RowFields fields) {
    List<Turn> turns = fields.required(field).turns();
    List<Conversation> conversations =
        IntStream.range(0, turns.size())
            .filter(i -> turns.get(i).role() == Role.ASSISTANT)
            .mapToObj(end -> SharedTurns.upTo(turns, end))
            .toList();
    if (conversations.isEmpty()) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          field.name(),
          "expected an assistant turn, found none in " + turns.size() + " turns");
    }
    return switch (scored) {
      case LAST -> fields.writingFields(List.of(conversations.get(conversations.size() - 1)));
      case ALL -> fields.writingLists(conversations, List.of(conversations.size()));
    };
  }
}
