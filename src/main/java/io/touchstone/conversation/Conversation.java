package io.touchstone.conversation;

import java.util.List;

/** What one score is about: the turns up to and including the one that is scored, which is last. */
public record Conversation(List<Turn> turns) {

  public Conversation {
    turns = turns instanceof SharedTurns ? turns : List.copyOf(turns);
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a conversation needs at least one turn");
    }
  }
}
