package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code conversations} of {@code {from, value}} with ShareGPT's names for the speakers. */
final class ShareGptFormat implements LineFormat {

  private static final Field<List<LabelledTurn>> CONVERSATIONS =
      new Field<>("conversations", LabelledTurn.LIST_EXPECTED, LabelledTurn::readAll);
  private static final Map<String, Field<?>> READS = Field.byName(CONVERSATIONS);
  private static final Pattern A_WORD = Pattern.compile("[A-Za-z0-9_-]{1,20}");

  private final AssistantTurns assistantTurns;

  ShareGptFormat(ScoredTurns scored, ScoreFields fields) {
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
    List<LabelledTurn> sayings = fields.required(CONVERSATIONS);
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < sayings.size(); i++) {
      turns.add(Turn.of(role(sayings.get(i).from(), i), sayings.get(i).value()));
    }
    return assistantTurns.row(fields, CONVERSATIONS.name(), turns);
  }

  private static Role role(String from, int index) {
    return switch (from) {
      case "human", "user" -> Role.USER;
      case "gpt", "assistant", "chatgpt" -> Role.ASSISTANT;
      case "system" -> Role.SYSTEM;
      default ->
          throw new RowProblem(
              Malformation.UNKNOWN_SPEAKER,
              CONVERSATIONS.name() + "[" + index + "].from",
              "expected human, user, gpt, assistant, chatgpt or system, found "
                  + (A_WORD.matcher(from).matches() ? from : "another text"));
    };
  }
}
