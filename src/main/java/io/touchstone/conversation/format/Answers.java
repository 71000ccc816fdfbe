package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A field with a prompt, and fields with an answer each: all answers are scored. */
record Answers(Field<? extends Turns> prompt, List<Field<String>> answers) implements RowRecipe {

  static Answers to(Field<? extends Turns> prompt, String... answers) {
    return new Answers(prompt, Arrays.stream(answers).map(Field::text).toList());
  }

  @Override
  public List<Field<?>> reads() {
    return Stream.<Field<?>>concat(answers.stream(), Stream.of(prompt)).toList();
  }

  @Override
  public Row row(RowFields fields) {
    List<Turn> turns = fields.required(prompt).turns();
    List<Conversation> conversations = new ArrayList<>();
    for (Field<String> answer : answers) {
      conversations.add(SharedTurns.answered(turns, fields.required(answer)));
    }
    return fields.writingFields(conversations);
  }
}
