package io.touchstone.generation;

import java.util.Collections;
import java.util.SortedMap;

/**
 * Takes prompts to answers: one replica of a model, or a server that has one. Shared by all tasks
 * of a process; rows of all of them are under way together.
 */
public interface Generator extends AutoCloseable {

  /** Renders and tokenizes a prompt. Any thread, several at once. */
  PromptPreparation prepare(Prompt prompt);

  /** Rows of one task on their way. One thread. */
  GenerationSession session();

  /**
   * Makes the model ready for its first pass, where that was not done yet.
   *
   * @throws io.touchstone.scoring.ScorerException if it generates nothing
   */
  default void ready() {}

  /**
   * Whether a prompt has the same answer, whatever is generated beside it, as far as was seen when
   * the model became {@link #ready}.
   */
  default boolean keepsBits() {
    return true;
  }

  /** As {@link CausalModel#confirm}. */
  default void confirm() {}

  /** As {@link CausalModel#mappedFiles}. */
  default SortedMap<String, String> mappedFiles() {
    return Collections.emptySortedMap();
  }

  @Override
  void close();
}
