package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Enrichment.Slot;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A prompt, and fields with lists of answers: all answers are scored, and where null stands in
 * place of one, null stands in place of its score.
 *
 * @param noun what a reason calls an answer
 */
record AnswerLists(Asked asked, String noun, List<Field<List<Optional<TextOrMessages>>>> lists)
    implements RowRecipe {

  static AnswerLists to(Asked asked, String noun, String... lists) {
    return new AnswerLists(asked, noun, Arrays.stream(lists).map(Field::answers).toList());
  }

  @Override
  public List<Field<?>> reads() {
    return Stream.concat(lists.stream(), asked.reads()).toList();
  }

  @Override
  public List<String> optional() {
    return asked.optional();
  }

  @Override
  public Row row(RowFields fields) {
    Prompt prompt = asked.of(fields);
    List<Conversation> conversations = new ArrayList<>();
    List<List<Slot>> slots = new ArrayList<>();
    for (Field<List<Optional<TextOrMessages>>> list : lists) {
      List<Optional<TextOrMessages>> answers = fields.required(list);
      if (answers.stream().noneMatch(Optional::isPresent)) {
        throw new RowProblem(
            Malformation.NOTHING_TO_SCORE,
            list.name(),
            "expected at least one "
                + noun
                + ", found "
                + (answers.isEmpty() ? "none" : "only null"));
      }
      List<Slot> ofList = new ArrayList<>();
      for (Optional<TextOrMessages> answer : answers) {
        String name = list.name() + "[" + ofList.size() + "]";
        answer.ifPresentOrElse(
            given -> conversations.add(prompt.answered(name, given)),
            () -> fields.note(RowNote.Kind.NULL_ANSWER));
        ofList.add(answer.isPresent() ? Slot.VALUE : Slot.NULL);
      }
      slots.add(ofList);
    }
    return fields.writingLists(conversations, slots);
  }

  @Override
  public List<Optional<Turn>> answers(RowFields fields) {
    Prompt prompt = asked.of(fields);
    List<Optional<Turn>> turns = new ArrayList<>();
    for (Field<List<Optional<TextOrMessages>>> list : lists) {
      List<Optional<TextOrMessages>> answers = fields.optional(list).orElse(List.of());
      for (int i = 0; i < answers.size(); i++) {
        String name = list.name() + "[" + i + "]";
        turns.add(answers.get(i).map(answer -> prompt.lastTurn(name, answer)));
      }
    }
    return turns;
  }

  @Override
  public Set<String> ofAnswers() {
    return lists.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Question question(RowFields fields, LastAnswer last) {
    Map<String, TextOrMessages> given = new LinkedHashMap<>();
    for (Field<List<Optional<TextOrMessages>>> list : lists) {
      List<Optional<TextOrMessages>> answers = fields.optional(list).orElse(List.of());
      for (int i = 0; i < answers.size(); i++) {
        String name = list.name() + "[" + i + "]";
        answers.get(i).ifPresent(answer -> given.put(name, answer));
      }
    }
    return asked.of(fields).question(given, last);
  }
}
