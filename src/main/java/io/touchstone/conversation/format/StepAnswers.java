package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A prompt, and a field with the steps of one answer, which is scored. */
record StepAnswers(Asked asked, Field<List<String>> steps) implements RowRecipe {

  static StepAnswers to(Asked asked, String steps) {
    return new StepAnswers(asked, Field.textList(steps));
  }

  @Override
  public List<Field<?>> reads() {
    return Stream.concat(Stream.of(steps), asked.reads()).toList();
  }

  @Override
  public List<String> optional() {
    return asked.optional();
  }

  @Override
  public Row row(RowFields fields) {
    List<String> list = fields.required(steps);
    if (list.isEmpty()) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE, steps.name(), "expected at least one step, found none");
    }
    String text = String.join("\n", list);
    Conversation whole = asked.of(fields).answered(steps.name(), new TextOrMessages.Text(text));
    if (!whole.turns().get(whole.turns().size() - 1).text().equals(text)) {
      throw RowProblem.ambiguous(
          steps.name(),
          "the steps of one answer",
          "a transcript, or white space around an answer to one");
    }
    return fields.writingFields(List.of(new Conversation(whole.turns(), whole.tools(), list)));
  }

  @Override
  public Set<String> ofAnswers() {
    return Set.of(steps.name());
  }

  @Override
  public Question question(RowFields fields, LastAnswer last) {
    Map<String, TextOrMessages> given =
        fields
            .optional(steps)
            .map(
                list ->
                    Map.<String, TextOrMessages>of(
                        steps.name(), new TextOrMessages.Text(String.join("\n", list))))
            .orElse(Map.of());
    return asked.of(fields).question(given, last);
  }
}
