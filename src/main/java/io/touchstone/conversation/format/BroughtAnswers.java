package io.touchstone.conversation.format;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers that a row has from elsewhere: it is asked for none. */
public final class BroughtAnswers {

  private static final String EXPECTED = "a text, or a list of texts";

  private BroughtAnswers() {}

  /**
   * JSON of a list of the answers, each as it stands.
   *
   * @param field of the row; a text in it is a list of one
   * @return empty where the row has no such field, or null in it
   * @throws RowProblem if something else stands there
   */
  public static Optional<String> in(JsonRow row, String field) {
    Optional<RowValue> value = row.find(field).filter(found -> !found.isNull());
    if (value.isEmpty()) {
      return Optional.empty();
    }
    List<RowValue> answers =
        value.get().isList() ? value.get().elements(EXPECTED) : List.of(value.get());
    for (RowValue answer : answers) {
      if (!answer.isString() && !answer.isObject() && !answer.isNull()) {
        throw answer.refused(EXPECTED);
      }
    }
    if (answers.stream().allMatch(RowValue::isNull)) {
      throw new RowProblem(
          Malformation.NO_RESPONSE, field, "expected at least one text, found none");
    }
    return Optional.of(
        answers.stream().map(RowValue::json).collect(Collectors.joining(row.comma(), "[", "]")));
  }
}
