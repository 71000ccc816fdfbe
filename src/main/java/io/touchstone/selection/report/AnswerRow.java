package io.touchstone.selection.report;

import io.touchstone.conversation.format.AnswerFields;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@code generate} has written of a row's answers. */
final class AnswerRow {
  private static final String LIST = "a list with one for each response";

  private AnswerRow() {}

  /**
   * An answer.
   *
   * @param empty whether it is a text without a character
   * @param cutThought whether it ended within its thought, so that there is no text
   * @param logprob of its tokens together; NaN where nobody has told it
   */
  record Answer(
      String finish,
      double tokens,
      double logprob,
      boolean thought,
      boolean empty,
      boolean cutThought) {}

  /** Whether a row has answers of {@code generate}. */
  static boolean isGenerated(JsonRow row) {
    return row.names()
        .containsAll(
            List.of(
                AnswerFields.RESPONSES,
                AnswerFields.THOUGHTS,
                AnswerFields.FINISHES,
                AnswerFields.TOKEN_COUNTS,
                AnswerFields.LOGPROB_SUMS));
  }

  /**
   * @throws RowProblem if the lists are not of one length, or hold something else
   */
  static List<Answer> read(JsonRow row) {
    List<RowValue> responses = row.required(AnswerFields.RESPONSES, LIST).elements(LIST);
    List<RowValue> thoughts = list(row, AnswerFields.THOUGHTS, responses.size());
    List<RowValue> finishes = list(row, AnswerFields.FINISHES, responses.size());
    List<RowValue> tokens = list(row, AnswerFields.TOKEN_COUNTS, responses.size());
    List<RowValue> logprobs = list(row, AnswerFields.LOGPROB_SUMS, responses.size());
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      RowValue response = responses.get(i);
      answers.add(
          new Answer(
              finishes.get(i).text(),
              tokens.get(i).number(),
              logprobs.get(i).isNull() ? Double.NaN : logprobs.get(i).number(),
              !thoughts.get(i).isNull(),
              response.isString() && response.json().equals("\"\""),
              response.isNull()));
    }
    return answers;
  }

  private static List<RowValue> list(JsonRow row, String name, int size) {
    RowValue value = row.required(name, LIST);
    return Optional.of(value.elements(LIST))
        .filter(list -> list.size() == size)
        .orElseThrow(() -> value.refused("a list of " + size));
  }
}
