package io.touchstone.scoring;

import io.touchstone.conversation.Conversation;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** One replica of a model with all that stands before it. */
public interface Scorer extends AutoCloseable {

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

  /**
   * Makes the model ready for the first load, where that was not done yet: it may take minutes, and
   * rows whose scores are known never need it.
   *
   * @throws ScorerException if it scores nothing
   */
  default void ready() {}

  /**
   * Whether a conversation has the same score, to the bit, whatever is scored with it, as far as
   * was seen when the model became {@link #ready}.
   */
  default boolean keepsBits() {
    return true;
  }

  /**
   * As {@link ForwardPass#confirm}: to be asked before what was scored becomes known to others.
   *
   * @throws ScorerException naming what has become of the model
   */
  default void confirm() {}

  /** As {@link ForwardPass#mappedFiles}. */
  default SortedMap<String, String> mappedFiles() {
    return Collections.emptySortedMap();
  }

  /** Runs one load through the model; calls from several threads take turns. */
  LoadResult score(List<PreparedRow> rows);

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

  @Override
  void close();
}
