package io.touchstone.generation.recipe;

import io.touchstone.conversation.Turn;
import io.touchstone.conversation.format.AnsweredRow;
import io.touchstone.conversation.line.HighestNumber;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The answer of a row that has the highest score. */
final class BestAnswer {

  private BestAnswer() {}

  /**
   * The only answer, or of several the first of those with the highest score; what is null, or has
   * null for a score, does not count.
   *
   * @param scores the field with a number for each of several answers
   * @throws RowProblem if there is none, or no telling which
   */
  static Turn of(AnsweredRow row, String scores) {
    List<Optional<Turn>> answers = row.answers();
    if (answers.stream().noneMatch(Optional::isPresent)) {
      throw new RowProblem(
          Malformation.NO_RESPONSE,
          RowPrompts.RESPONSE,
          "expected an answer of the row's, for which the recipe has a place, found "
              + (answers.isEmpty() ? "none" : "only null"));
    }
    if (answers.size() == 1) {
      return answers.get(0).orElseThrow();
    }
    List<RowValue> values = scores(row, scores);
    OptionalInt best =
        HighestNumber.place(values, i -> answers.get(i).isPresent() && !values.get(i).isNull());
    if (best.isEmpty()) {
      throw new RowProblem(
          Malformation.NO_RESPONSE, scores, "expected a score for at least one answer, found none");
    }
    return answers.get(best.getAsInt()).orElseThrow();
  }

  private static List<RowValue> scores(AnsweredRow row, String scores) {
    int answers = row.answers().size();
    String expected =
        "a list with a number for each of " + answers + " answers, of which one is best";
    RowValue list =
        row.row()
            .find(scores)
            .filter(found -> !found.isNull())
            .orElseThrow(
                () ->
                    JsonPath.missing(
                        scores,
                        expected + " (jobs/annotate writes rewards; --best-by names another)"));
    List<RowValue> values = list.elements(expected);
    if (values.size() != answers) {
      throw new RowProblem(
          Malformation.WRONG_LENGTH,
          scores,
          "expected " + answers + " numbers, one for each answer, found " + values.size());
    }
    return values;
  }
}
