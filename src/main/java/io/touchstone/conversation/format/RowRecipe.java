package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is read from the rows of a format, which conversations they hold, and what these answer. */
sealed interface RowRecipe
    permits Answers,
        AnswerLists,
        Chat,
        Document,
        Edits,
        NumberedAnswers,
        ParallelTurns,
        RejectedAnswer,
        StepAnswers,
        SteerlmLabels {

  List<Field<?>> reads();

  /** Names of the fields that a row may lack. */
  default List<String> optional() {
    return List.of();
  }

  /**
   * What the names may not be: fields that are read, or that tell one format or other.
   *
   * @param names under which scores are written
   */
  default Set<String> taken(List<String> names) {
    return Stream.of(
            FormatTable.ALL.stream().flatMap(format -> format.needs().fields()),
            reads().stream().map(Field::name),
            RowColumns.NAMES.stream())
        .flatMap(each -> each)
        .collect(Collectors.toUnmodifiableSet());
  }

  Row row(RowFields fields);

  /** Names of the fields that hold answers alone. */
  Set<String> ofAnswers();

  /**
   * The last turn of each answer, in their order; empty where there is null in place of one.
   *
   * @return none where the row has no answer
   */
  default List<Optional<Turn>> answers(RowFields fields) {
    return row(fields).conversations().stream()
        .map(whole -> Optional.of(whole.turns().get(whole.turns().size() - 1)))
        .toList();
  }

  /** The answer with which a chat ends. */
  static List<Optional<Turn>> lastAnswer(List<Turn> turns) {
    Turn last = turns.get(turns.size() - 1);
    return last.role() == Role.ASSISTANT ? List.of(Optional.of(last)) : List.of();
  }

  /** What is to be answered in a row, whether it has answers or not. */
  Question question(RowFields fields, LastAnswer last);
}
