package io.touchstone.generation;

import io.touchstone.scoring.LoadedModel;

/**
 * Takes prompts to answers: one replica of a model, or a server that has one. Shared by all tasks
 * of a process; rows of all of them are under way together.
 */
public interface Generator extends LoadedModel {

  /** Renders and tokenizes a prompt. Any thread, several at once. */
  PromptPreparation prepare(Prompt prompt);

  /** Rows of one task on their way. One thread. */
  GenerationSession session();
}
