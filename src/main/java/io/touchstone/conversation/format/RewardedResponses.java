package io.touchstone.conversation.format;

import io.touchstone.conversation.line.HighestNumber;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The responses of a row with the rewards that they have, and what becomes of the row when edits of
 * the best of them have rewards, too.
 *
 * @param best the place of the one with the highest reward, the first of equal ones
 */
record RewardedResponses(JsonRow row, List<RowValue> responses, List<RowValue> rewards, int best) {

  private static final String RESPONSE = "response";
  private static final String REWARD = "reward";
  private static final String STAGE = "stage";
  private static final String A_LIST = "a list with a reward for each response";

  /**
   * @throws RowProblem if there are no rewards, or not one for each response that is not null
   */
  static RewardedResponses of(JsonRow row) {
    List<RowValue> responses = row.required(AnswerFields.RESPONSES, A_LIST).elements(A_LIST);
    List<RowValue> rewards = row.required(AnswerFields.SCORES, A_LIST).elements(A_LIST);
    if (rewards.size() != responses.size()) {
      throw new RowProblem(
          Malformation.WRONG_LENGTH,
          AnswerFields.SCORES,
          "expected " + responses.size() + " rewards, found " + rewards.size());
    }
    OptionalInt best = HighestNumber.place(rewards, i -> !responses.get(i).isNull());
    if (best.isEmpty()) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          AnswerFields.SCORES,
          "expected at least one reward, found " + (rewards.isEmpty() ? "none" : "only null"));
    }
    return new RewardedResponses(row, responses, rewards, best.getAsInt());
  }

  /** The reward of the best, as it stands in the row. */
  String bestReward() {
    return rewards.get(best).json();
  }

  /**
   * The row's line with its edits among the candidates, and with the best of all. An edit takes the
   * response's place only where its reward is higher.
   *
   * @param ofEdits their rewards as JSON; empty where an edit is null
   */
  byte[] withEdits(List<Optional<String>> ofEdits) {
    List<RowValue> edits = elements(Edits.EDITS);
    Optional<Integer> better = Optional.empty();
    String reward = bestReward();
    for (int i = 0; i < ofEdits.size(); i++) {
      Optional<String> each = ofEdits.get(i);
      if (each.isPresent() && Double.parseDouble(each.get()) > Double.parseDouble(reward)) {
        better = Optional.of(i);
        reward = each.get();
      }
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(
        AnswerFields.RESPONSES,
        joined(responses.stream().map(RowValue::json), edits.stream().map(RowValue::json)));
    fields.put(
        AnswerFields.SCORES,
        joined(
            rewards.stream().map(RowValue::json),
            ofEdits.stream().map(each -> each.orElse("null"))));
    List<String> besideResponses = AnswerFields.CANDIDATES.names();
    List<String> besideEdits = AnswerFields.under(Edits.EDITS).names();
    for (int i = 1; i < besideResponses.size(); i++) {
      List<RowValue> own = elements(besideResponses.get(i));
      if (own.size() == responses.size()) {
        fields.put(
            besideResponses.get(i),
            joined(own.stream().map(RowValue::json), beside(besideEdits.get(i), edits)));
      }
    }
    fields.put(RESPONSE, better.map(edits::get).orElseGet(() -> responses.get(best)).json());
    fields.put(REWARD, reward);
    fields.put(STAGE, better.isPresent() ? "\"edit\"" : "\"response\"");
    return row.with(fields);
  }

  /** What the row says of its edits as it does of its responses; null where it says nothing. */
  private Stream<String> beside(String list, List<RowValue> edits) {
    List<RowValue> own = elements(list);
    return own.size() == edits.size()
        ? own.stream().map(RowValue::json)
        : edits.stream().map(edit -> "null");
  }

  /** None where there is no such list. */
  private List<RowValue> elements(String name) {
    return row.find(name)
        .filter(RowValue::isList)
        .map(list -> list.elements("a list"))
        .orElse(new ArrayList<>());
  }

  private String joined(Stream<String> ofResponses, Stream<String> ofEdits) {
    return Stream.concat(ofResponses, ofEdits).collect(Collectors.joining(row.comma(), "[", "]"));
  }
}
