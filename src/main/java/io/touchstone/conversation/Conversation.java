package io.touchstone.conversation;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one score is about: the turns up to and including the one that is scored, which is last, and
 * the tools that the assistant was offered.
 *
 * @param tools what chat templates know as {@code tools}, values as {@link Turn#fields()} holds
 *     them; empty where there were none
 * @param steps of the scored turn, where its row has them one by one; what its text says is then
 *     all of them, joined. Empty where there is nothing but the text
 */
public record Conversation(List<Turn> turns, List<@Nullable Object> tools, List<String> steps) {

  public Conversation {
    turns = turns instanceof SharedTurns ? turns : List.copyOf(turns);
    tools = Collections.unmodifiableList(Objects.requireNonNull(tools));
    steps = List.copyOf(steps);
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a conversation needs at least one turn");
    }
  }

  /** A conversation whose scored turn is one text. */
  public Conversation(List<Turn> turns, List<@Nullable Object> tools) {
    this(turns, tools, List.of());
  }

  /** A conversation without tools. */
  public Conversation(List<Turn> turns) {
    this(turns, List.of());
  }
}
