package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.Arrays;
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
    int[] ends =
        IntStream.range(0, turns.size())
            .filter(i -> turns.get(i).role() == Role.ASSISTANT)
            .toArray();
    if (ends.length == 0) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          field.name(),
          "expected an assistant turn, found none in " + turns.size() + " turns");
    }
    return switch (scored) {
      case LAST -> fields.writingFields(List.of(SharedTurns.upTo(turns, ends[ends.length - 1])));
      case ALL ->
          fields.writingLists(
              Arrays.stream(ends).mapToObj(end -> SharedTurns.upTo(turns, end)).toList(),
              List.of(ends.length));
    };
  }
}
