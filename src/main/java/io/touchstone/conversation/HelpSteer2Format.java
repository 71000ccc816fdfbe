package io.touchstone.conversation;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code prompt}, {@code response}: the response is scored, into {@code reward}. */
final class HelpSteer2Format implements LineFormat {

  private static final Field<TextOrMessages> PROMPT = Field.textOrMessages("prompt");
  private static final Field<String> RESPONSE = Field.text("response");
  private static final Map<String, Field<?>> READS = Field.byName(PROMPT, RESPONSE);
  private static final String REWARD = "reward";

  @Override
  public Map<String, Field<?>> reads() {
    return READS;
  }

  @Override
  public Set<String> writes() {
    return Set.of(REWARD);
  }

  @Override
  public Row row(RowFields fields) {
    List<Turn> prompt = fields.required(PROMPT).asPrompt();
    Conversation scored = SharedTurns.answered(prompt, fields.required(RESPONSE));
    return fields.writingFields(List.of(scored), List.of(REWARD));
  }
}
