package io.touchstone.conversation.format;

import io.touchstone.conversation.line.Row;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is read from the rows of a format, and which conversations they hold. */
sealed interface RowRecipe extends Serializable
    permits Answers, AnswerLists, Chat, PreferencePair, SteerlmLabels {

  List<Field<?>> reads();

  /**
   * What the names may not be: fields that are read, or that tell one format or other.
   *
   * @param names under which scores are written
   */
  default Set<String> taken(List<String> names) {
    return Stream.concat(
            RowFormat.ALL.stream().flatMap(format -> format.needs().fields()),
            reads().stream().map(Field::name))
        .collect(Collectors.toUnmodifiableSet());
  }

  Row row(RowFields fields);
}
