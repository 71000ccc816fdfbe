package io.touchstone.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** How chats of many turns are scored: at the last assistant turn, or at each. */
final class AssistantTurns {

  private static final String REWARD = "reward";
  private static final String REWARDS = "rewards";

  private final ScoredTurns scored;

  AssistantTurns(ScoredTurns scored) {
    this.scored = scored;
  }

  Set<String> writes() {
    return switch (scored) {
      case LAST -> Set.of(REWARD);
      case ALL -> Set.of(REWARDS);
    };
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
          fields.writingFields(
              List.of(SharedTurns.upTo(turns, ends[ends.length - 1])), List.of(REWARD));
      case ALL -> {
        List<Conversation> conversations = new ArrayList<>();
        for (int end : ends) {
          conversations.add(SharedTurns.upTo(turns, end));
        }
        yield fields.writingList(conversations, REWARDS);
      }
    };
  }
}
