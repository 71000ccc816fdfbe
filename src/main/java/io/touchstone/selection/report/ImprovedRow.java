package io.touchstone.selection.report;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A row whose edits were scored: responses, then edits, with a reward each.
 *
 * @param responses rewards of the responses
 * @param best which of the responses is best; the first of equal ones
 * @param changed places of the edits that are texts, and not the best response's but for white
 *     space at the ends
 */
record ImprovedRow(
    JsonRow row,
    List<RowValue> answers,
    List<RowValue> rewards,
    int responses,
    int best,
    List<Integer> changed) {

  private static final String A_LIST = "a list";

  /**
   * @throws RowProblem if it is none
   */
  static ImprovedRow read(byte[] line) {
    JsonRow row = JsonRow.read(line);
    List<RowValue> answers = row.required("responses", A_LIST).elements(A_LIST);
    List<RowValue> rewards = row.required("rewards", A_LIST).elements(A_LIST);
    int edits = texts(row, "edits").size();
    int responses = answers.size() - edits;
    if (rewards.size() != answers.size() || responses < 1) {
      throw new RowProblem(
          Malformation.WRONG_LENGTH,
          "rewards",
          "expected one for each of some responses and of "
              + edits
              + " edits, found "
              + rewards.size());
    }
    int best = -1;
    for (int i = 0; i < responses; i++) {
      if (!rewards.get(i).isNull()
          && (best < 0 || rewards.get(i).number() > rewards.get(best).number())) {
        best = i;
      }
    }
    if (best < 0) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE, "rewards", "expected at least one, found only null");
    }
    String edited = text(answers.get(best)).strip();
    List<Integer> changed = new ArrayList<>();
    for (int i = responses; i < answers.size(); i++) {
      if (!rewards.get(i).isNull() && !text(answers.get(i)).strip().equals(edited)) {
        changed.add(i);
      }
    }
    return new ImprovedRow(row, answers, rewards, responses, best, changed);
  }

  double reward(int answer) {
    return rewards.get(answer).number();
  }

  /** What the row says is best: {@code response} or {@code edit}. */
  String stage() {
    return row.required("stage", "response or edit").text();
  }

  double reward() {
    return row.required("reward", "a number").number();
  }

  String text(int answer) {
    return text(answers.get(answer));
  }

  /** Comments on the best response that are texts; none where the row has none. */
  List<String> feedback() {
    return texts(row, "feedback").stream().filter(RowValue::isString).map(RowValue::text).toList();
  }

  /** What was asked last. */
  String question() {
    RowValue prompt = row.required("prompt", "a text or messages");
    if (!prompt.isList()) {
      return text(prompt);
    }
    List<RowValue> turns = prompt.elements(A_LIST);
    return turns.isEmpty()
        ? ""
        : turns.get(turns.size() - 1).member("content").map(ImprovedRow::text).orElse("");
  }

  private static List<RowValue> texts(JsonRow row, String name) {
    return row.find(name)
        .filter(RowValue::isList)
        .map(list -> list.elements(A_LIST))
        .orElse(List.of());
  }

  /** Messages as they stand. */
  private static String text(RowValue value) {
    return value.isString() ? value.text() : value.json();
  }
}
