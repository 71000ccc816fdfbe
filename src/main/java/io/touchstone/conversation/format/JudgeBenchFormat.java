package io.touchstone.conversation.format;

import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Row;
import java.util.List;
import java.util.Map;

/**
 * JudgeBench's {@code question}, {@code response_A}, {@code response_B}: both responses are scored,
 * into {@code score_A} and {@code score_B}.
 */
final class JudgeBenchFormat implements LineFormat {

  private static final Field<TextOrMessages> QUESTION = Field.textOrMessages("question");
  private static final Field<String> RESPONSE_A = Field.text("response_A");
  private static final Field<String> RESPONSE_B = Field.text("response_B");
  private static final Map<String, Field<?>> READS = Field.byName(QUESTION, RESPONSE_A, RESPONSE_B);

  private final List<String> scores;

  JudgeBenchFormat(ScoreFields fields) {
    this.scores = fields.named("score", "%s_A", "%s_B");
  }

  @Override
  public Map<String, Field<?>> reads() {
    return READS;
  }

  @Override
  public List<String> names() {
    return scores;
  }

  @Override
  public Row row(RowFields fields) {
    List<Turn> question = fields.required(QUESTION).asPrompt();
    return fields.writingFields(
        List.of(
            SharedTurns.answered(question, fields.required(RESPONSE_A)),
            SharedTurns.answered(question, fields.required(RESPONSE_B))),
        scores);
  }
}
