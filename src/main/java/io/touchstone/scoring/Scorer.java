package io.touchstone.scoring;

import io.touchstone.conversation.Conversation;
import java.util.List;
import java.util.Optional;

/** One replica of a model with all that stands before it. */
public interface Scorer extends LoadedModel {

  /**
   * Renders and tokenizes the conversations of one row. Any thread, several at once.
   *
   * @return {@link PreparedRow}, or {@link Unpreparable} with the reason
   */
  Preparation prepare(List<Conversation> conversations);

  /**
   * The same of a row with principles of its own: each of its conversations has a prompt for each,
   * and these lie together.
   *
   * @param principles in place of those of the call; empty for these
   */
  default Preparation prepare(List<Conversation> conversations, List<String> principles) {
    if (!principles.isEmpty()) {
      throw new IllegalArgumentException("row: expected a scorer that is asked, found another");
    }
    return prepare(conversations);
  }

  /** Runs one load through the model; calls from several threads take turns. */
  LoadResult score(List<PreparedRow> rows);

  /**
   * Whether it writes texts on its way to a score, which takes it seconds to minutes: {@link
   * #ready} then sees by itself that it is sound, and what a load has given is kept at once.
   */
  default boolean writes() {
    return false;
  }

  /** About how many tokens a load should have; larger loads stream weights more rarely. */
  int loadTokens();

  /**
   * Runs rows through some of the model's layers, to tell what all of them would cost.
   *
   * @return empty if there is nothing to measure
   */
  default Optional<LoadCost> measure(List<PreparedRow> rows) {
    return Optional.empty();
  }
}
