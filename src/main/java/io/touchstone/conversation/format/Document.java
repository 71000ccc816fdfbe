package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import java.util.Set;

/**
 * A text that nobody said to anybody: one turn, which is scored. Never found by its fields, as many
 * rows have a text beside what is meant.
 */
record Document(Field<String> text) implements RowRecipe {
  static final RowFormat FORMAT =
      new RowFormat(
          "document",
          FormatNeeds.of("text"),
          ScoreNames.values("reward", "%s"),
          new Document(Field.text("text")));

  @Override
  public List<Field<?>> reads() {
    return List.of(text);
  }

  @Override
  public Row row(RowFields fields) {
    return fields.writingFields(
        List.of(new Conversation(List.of(Turn.of(Role.ASSISTANT, fields.required(text))))));
  }

  @Override
  public Set<String> ofAnswers() {
    return Set.of(text.name());
  }

  @Override
  public Question question(RowFields fields, LastAnswer last) {
    throw new RowProblem(
        Malformation.NOTHING_TO_ANSWER, text.name(), "expected turns, found a document");
  }
}
