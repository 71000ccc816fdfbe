package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.SharedTurns;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How chats of many turns are scored: at the last assistant turn, or at each. */
final class AssistantTurns {

  private final ScoredTurns scored;
  private final List<String> rewards;

  AssistantTurns(ScoredTurns scored, ScoreFields fields) {
    this.scored = scored;
    this.rewards =
        switch (scored) {
          case LAST -> fields.named("reward", "%s");
          case ALL -> fields.named("rewards", "%s");
        };
  }

  List<String> names() {
    return rewards;
  }

  /** The row's scored conversations; turns after the last assistant turn count for nothing. */
  Row row(RowFields fields, String name, List<Turn> turns) {
    int[] ends =
        IntStream.range(0, turns.size())
            .filter(i -> turns.get(i).role() == Role.ASSISTANT)
            .toArray();
    if (ends.length == 0) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          name,
          "expected an assistant turn, found none in " + turns.size() + " turns");
    }
    return switch (scored) {
      case LAST ->
          fields.writingFields(List.of(SharedTurns.upTo(turns, ends[ends.length - 1])), rewards);
      case ALL -> {
        List<Conversation> conversations = new ArrayList<>();
        for (int end : ends) {
          conversations.add(SharedTurns.upTo(turns, end));
        }
        yield fields.writingLists(conversations, rewards, List.of(conversations.size()));
      }
    };
  }
}
