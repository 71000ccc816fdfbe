package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A prompt, and fields with an answer each: all answers are scored. */
record Answers(Asked asked, List<Field<TextOrMessages>> answers) implements RowRecipe {

  static Answers to(Asked asked, String... answers) {
    return new Answers(asked, Arrays.stream(answers).map(Field::textOrMessages).toList());
  }

  /** Fields with a whole conversation each. */
  static Answers whole(String... conversations) {
    return new Answers(
        Asked.orNone("prompt"), Arrays.stream(conversations).map(Field::messages).toList());
  }

  @Override
  public List<Field<?>> reads() {
    return Stream.concat(answers.stream(), asked.reads()).toList();
  }

  @Override
  public List<String> optional() {
    return asked.optional();
  }

  @Override
  public Row row(RowFields fields) {
    Prompt prompt = asked.of(fields);
    List<Conversation> conversations = new ArrayList<>();
    for (Field<TextOrMessages> answer : answers) {
      conversations.add(prompt.answered(answer.name(), fields.required(answer)));
    }
    return fields.writingFields(conversations);
  }

  @Override
  public List<Optional<Turn>> answers(RowFields fields) {
    Prompt prompt = asked.of(fields);
    return answers.stream()
        .map(field -> fields.optional(field).map(answer -> prompt.lastTurn(field.name(), answer)))
        .toList();
  }

  @Override
  public Set<String> ofAnswers() {
    return answers.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Question question(RowFields fields, LastAnswer last) {
    Map<String, TextOrMessages> given = new LinkedHashMap<>();
    answers.forEach(
        field -> fields.optional(field).ifPresent(answer -> given.put(field.name(), answer)));
    return asked.of(fields).question(given, last);
  }
}
