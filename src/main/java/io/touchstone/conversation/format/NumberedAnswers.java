package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Enrichment.Slot;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A prompt, and answers in fields that are counted up, as many as a row has: all are scored.
 *
 * @param fields in the order of their numbers
 */
record NumberedAnswers(Asked asked, List<Field<TextOrMessages>> fields) implements RowRecipe {

  /** PPE's sets have 32. */
  private static final int MOST = 64;

  /** {@code name_1}, or whatever the first number is, and so on. */
  static NumberedAnswers to(Asked asked, String name, int first) {
    return new NumberedAnswers(
        asked,
        IntStream.range(first, first + MOST)
            .mapToObj(number -> Field.textOrMessages(name + "_" + number))
            .toList());
  }

  @Override
  public List<Field<?>> reads() {
    return Stream.concat(fields.stream(), asked.reads()).toList();
  }

  @Override
  public List<String> optional() {
    return asked.optional();
  }

  @Override
  public Row row(RowFields row) {
    Prompt prompt = asked.of(row);
    List<Conversation> conversations = new ArrayList<>();
    Optional<String> gap = Optional.empty();
    for (Field<TextOrMessages> field : fields) {
      Optional<TextOrMessages> answer = row.optional(field);
      if (answer.isEmpty()) {
        gap = gap.or(() -> Optional.of(field.name()));
      } else if (gap.isPresent()) {
        throw new RowProblem(
            Malformation.MISSING_FIELD,
            gap.get(),
            "expected an answer in front of " + field.name() + ", found none");
      } else {
        conversations.add(prompt.answered(field.name(), answer.get()));
      }
    }
    if (conversations.isEmpty()) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          fields.get(0).name(),
          "expected at least one answer, found none");
    }
    return row.writingLists(
        conversations, List.of(Collections.nCopies(conversations.size(), Slot.VALUE)));
  }

  @Override
  public List<Optional<Turn>> answers(RowFields row) {
    return fields.stream().anyMatch(field -> row.optional(field).isPresent())
        ? RowRecipe.super.answers(row)
        : List.of();
  }

  @Override
  public Set<String> ofAnswers() {
    return fields.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Question question(RowFields row, LastAnswer last) {
    Map<String, TextOrMessages> given = new LinkedHashMap<>();
    fields.forEach(
        field -> row.optional(field).ifPresent(answer -> given.put(field.name(), answer)));
    return asked.of(row).question(given, last);
  }
}
