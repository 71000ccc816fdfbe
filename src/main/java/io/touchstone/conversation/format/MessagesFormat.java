package io.touchstone.conversation.format;

import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Row;
import java.util.List;
import java.util.Map;

/** {@code messages} of {@code {role, content}}, as chat templates take them. */
final class MessagesFormat implements LineFormat {

  private static final Field<List<Turn>> MESSAGES = Field.messages("messages");
  private static final Map<String, Field<?>> READS = Field.byName(MESSAGES);

  private final AssistantTurns assistantTurns;

  MessagesFormat(ScoredTurns scored, ScoreFields fields) {
    this.assistantTurns = new AssistantTurns(scored, fields);
  }

  @Override
  public Map<String, Field<?>> reads() {
    return READS;
  }

  @Override
  public List<String> names() {
    return assistantTurns.names();
  }

  @Override
  public Row row(RowFields fields) {
    return assistantTurns.row(fields, MESSAGES.name(), fields.required(MESSAGES));
  }
}
