package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A field with a prompt, and fields with lists of answers: all answers are scored.
 *
 * @param noun what a reason calls an answer
 */
record AnswerLists(Field<? extends Turns> prompt, String noun, List<Field<List<String>>> lists)
    implements RowRecipe {

  static AnswerLists to(Field<? extends Turns> prompt, String noun, String... lists) {
    return new AnswerLists(prompt, noun, Arrays.stream(lists).map(Field::texts).toList());
  }

  @Override
  public List<Field<?>> reads() {
    return Stream.<Field<?>>concat(lists.stream(), Stream.of(prompt)).toList();
  }

  @Override
  public Row row(RowFields fields) {
    List<Turn> turns = fields.required(prompt).turns();
    List<Conversation> conversations = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (Field<List<String>> list : lists) {
      List<String> answers = fields.required(list);
      if (answers.isEmpty()) {
        throw new RowProblem(
            Malformation.NOTHING_TO_SCORE,
            list.name(),
            "expected at least one " + noun + ", found none");
      }
      answers.forEach(answer -> conversations.add(SharedTurns.answered(turns, answer)));
      sizes.add(answers.size());
    }
    return fields.writingLists(conversations, sizes);
  }
}
