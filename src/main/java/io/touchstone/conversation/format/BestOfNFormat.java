package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Row;
import java.util.List;
import java.util.Map;

/**
 * {@code input}, {@code output}, as a selection among candidates leaves them: the output is scored,
 * into {@code reward}.
 */
final class BestOfNFormat implements LineFormat {

  private static final Field<TextOrMessages> INPUT = Field.textOrMessages("input");
  private static final Field<String> OUTPUT = Field.text("output");
  private static final Map<String, Field<?>> READS = Field.byName(INPUT, OUTPUT);

  private final List<String> rewards;

  BestOfNFormat(ScoreFields fields) {
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
    List<Turn> input = fields.required(INPUT).asPrompt();
    Conversation scored = SharedTurns.answered(input, fields.required(OUTPUT));
    return fields.writingFields(List.of(scored), rewards);
  }
}
