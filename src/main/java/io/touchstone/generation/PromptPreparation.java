package io.touchstone.generation;

import io.touchstone.reward.Rejected;

/** What became of a prompt on its way to the model. */
public sealed interface PromptPreparation {

  /**
   * A prompt as token ids.
   *
   * @param ids of the whole text, the generation prompt among them; owned by the prompt. None where
   *     another program makes them
   * @param opensThought whether the text ends inside a thought that the answer goes on with
   * @param specialTokensInText how many special tokens the texts of the row spell out
   */
  record PreparedPrompt(Prompt prompt, int[] ids, boolean opensThought, int specialTokensInText)
      implements PromptPreparation {}

  /** A prompt that cannot be answered. */
  record Unpreparable(Rejected rejected) implements PromptPreparation {}
}
