package io.touchstone.conversation.format;

import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import java.util.Map;

/** {@code prompt}, {@code responses}: each response is scored, into the list {@code rewards}. */
final class CandidatesFormat implements LineFormat {

  private static final Field<TextOrMessages> PROMPT = Field.textOrMessages("prompt");
  private static final Field<List<String>> RESPONSES = Field.texts("responses");
  private static final Map<String, Field<?>> READS = Field.byName(PROMPT, RESPONSES);

  private final List<String> rewards;

  CandidatesFormat(ScoreFields fields) {
    this.rewards = fields.named("rewards", "%s");
  }

  @Override
  public Map<String, Field<?>> reads() {
    return READS;
  }

  @Override
  public List<String> names() {
    return rewards;
  }

  @Override
  public Row row(RowFields fields) {
    List<Turn> prompt = fields.required(PROMPT).asPrompt();
    List<String> responses = fields.required(RESPONSES);
    if (responses.isEmpty()) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          RESPONSES.name(),
          "expected at least one response, found none");
    }
    return fields.writingLists(
        responses.stream().map(response -> SharedTurns.answered(prompt, response)).toList(),
        rewards,
        List.of(responses.size()));
  }
}
