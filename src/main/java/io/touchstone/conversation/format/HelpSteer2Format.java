package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Row;
import java.util.List;
import java.util.Map;

/** {@code prompt}, {@code response}: the response is scored, into {@code reward}. */
final class HelpSteer2Format implements LineFormat {

  private static final Field<TextOrMessages> PROMPT = Field.textOrMessages("prompt");
  private static final Field<String> RESPONSE = Field.text("response");
  private static final Map<String, Field<?>> READS = Field.byName(PROMPT, RESPONSE);

  private final List<String> rewards;

  HelpSteer2Format(ScoreFields fields) {
    this.rewards = fields.named("reward", "%s");
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
    Conversation scored = SharedTurns.answered(prompt, fields.required(RESPONSE));
    return fields.writingFields(List.of(scored), rewards);
  }
}
