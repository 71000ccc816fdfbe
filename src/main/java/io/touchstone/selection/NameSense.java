package io.touchstone.selection;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the names that a job is given may mean in rows.
 *
 * @param expected what such a name names, such as {@code the name of a number}
 * @param plural what rows have under such names, such as {@code numbers}
 * @param known whether a name means such a thing in a row, or would if the row said it: null is
 *     where one goes; throws {@link RowProblem}, as {@code names} does, if the row is of another
 *     kind
 * @param names all such names of a row
 */
public record NameSense(
    String expected,
    String plural,
    BiPredicate<JsonRow, String> known,
    Function<JsonRow, Set<String>> names) {

  /** Numbers as {@link RowNumbers} reads them. */
  public static final NameSense NUMBERS =
      new NameSense("the name of a number", "numbers", RowNumbers::isNumber, RowNumbers::names);

  /** Texts as {@link RowNumbers} reads them. */
  public static final NameSense TEXTS =
      new NameSense("the name of a text", "texts", RowNumbers::isText, RowNumbers::textNames);

  /** Anything that {@link RowNumbers} finds, null among it. */
  public static final NameSense VALUES =
      new NameSense(
          "the name of a field",
          "fields",
          (row, name) -> RowNumbers.find(row, name).isPresent(),
          RowNumbers::valueNames);

  /** A score for each of a row's responses. */
  public static final NameSense SCORES_OF_RESPONSES =
      new NameSense(
          "the name of scores of the responses",
          "scores of the responses",
          (row, name) -> Candidates.of(row).hasNumbers(name),
          row -> Candidates.of(row).names());

  /** Fields of rows whose values are of a kind. */
  public static NameSense ofFields(String expected, String plural, Predicate<RowValue> kind) {
    return new NameSense(
        expected,
        plural,
        (row, name) ->
            row.find(name).filter(value -> value.isNull() || kind.test(value)).isPresent(),
        row ->
            row.names().stream()
                .filter(name -> row.find(name).filter(kind).isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
  }
}
