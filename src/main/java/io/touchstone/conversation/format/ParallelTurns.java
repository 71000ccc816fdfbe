package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
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
 * What a user said in each turn, and what several assistants answered in each: the last answers are
 * scored. Chatbot Arena's 55k set has them as JSON text of lists.
 */
record ParallelTurns(Field<List<String>> prompts, List<Field<List<String>>> answers)
    implements RowRecipe {

  static ParallelTurns of(String prompts, String... answers) {
    return new ParallelTurns(
        Field.textList(prompts), Arrays.stream(answers).map(Field::textList).toList());
  }

  @Override
  public List<Field<?>> reads() {
    return Stream.<Field<?>>concat(answers.stream(), Stream.of(prompts)).toList();
  }

  @Override
  public Row row(RowFields fields) {
    List<String> said = fields.required(prompts);
    List<Conversation> conversations = new ArrayList<>();
    for (Field<List<String>> side : answers) {
      List<String> answered = fields.required(side);
      if (answered.size() != said.size() || said.isEmpty()) {
        throw new RowProblem(
            Malformation.WRONG_LENGTH,
            side.name(),
            "expected an answer to each of " + said.size() + " prompts, found " + answered.size());
      }
      List<Turn> turns = new ArrayList<>();
      for (int i = 0; i < said.size(); i++) {
        turns.add(Turn.of(Role.USER, said.get(i)));
        turns.add(Turn.of(Role.ASSISTANT, answered.get(i)));
      }
      conversations.add(
          fields.opening().conversation(fields.opening().before(turns, prompts.name())));
    }
    return fields.writingFields(conversations);
  }

  @Override
  public Set<String> ofAnswers() {
    return answers.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
  }

  /** Before the last of several prompts stand the answers to the others. */
  @Override
  public Question question(RowFields fields, LastAnswer last) {
    List<String> said = fields.required(prompts);
    if (said.size() > 1) {
      List<Conversation> whole = row(fields).conversations();
      Map<String, TextOrMessages> given = new LinkedHashMap<>();
      for (int side = 0; side < answers.size(); side++) {
        given.put(answers.get(side).name(), new TextOrMessages.Messages(whole.get(side).turns()));
      }
      return Prompt.none(new Opening(Optional.empty(), List.of()), fields::note)
          .question(given, last);
    }
    List<Turn> turns = said.stream().map(text -> Turn.of(Role.USER, text)).toList();
    return Question.in(
        prompts.name(), fields.opening().before(turns, prompts.name()), last, fields::note);
  }
}
