package io.touchstone.conversation;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code messages} of {@code {role, content}}, as chat templates take them. */
final class MessagesFormat implements LineFormat {

  private static final Field<List<Turn>> MESSAGES = Field.messages("messages");
  private static final Map<String, Field<?>> READS = Field.byName(MESSAGES);

  private final AssistantTurns assistantTurns;

  MessagesFormat(ScoredTurns scored) {
    this.assistantTurns = new AssistantTurns(scored);
  }

  @Override
  public Map<String, Field<?>> reads() {
    return READS;
  }

  @Override
  public Set<String> writes() {
    return assistantTurns.writes();
  }

  @Override
  public Row row(RowFields fields) {
    return assistantTurns.row(fields, MESSAGES.name(), fields.required(MESSAGES));
  }
}
