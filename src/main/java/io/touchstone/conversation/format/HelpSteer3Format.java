package io.touchstone.conversation.format;

import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Row;
import java.util.List;
import java.util.Map;

/**
 * {@code context} (messages), {@code response1}, {@code response2}: both responses are scored, into
 * {@code reward1} and {@code reward2}.
 */
final class HelpSteer3Format implements LineFormat {

  private static final Field<List<Turn>> CONTEXT = Field.messages("context");
  private static final Field<String> RESPONSE_1 = Field.text("response1");
  private static final Field<String> RESPONSE_2 = Field.text("response2");
  private static final Map<String, Field<?>> READS = Field.byName(CONTEXT, RESPONSE_1, RESPONSE_2);

  private final List<String> rewards;

  HelpSteer3Format(ScoreFields fields) {
    this.rewards = fields.named("reward", "%s1", "%s2");
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
    List<Turn> context = fields.required(CONTEXT);
    return fields.writingFields(
        List.of(
            SharedTurns.answered(context, fields.required(RESPONSE_1)),
            SharedTurns.answered(context, fields.required(RESPONSE_2))),
        rewards);
  }
}
