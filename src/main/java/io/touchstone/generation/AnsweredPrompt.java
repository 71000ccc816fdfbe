package io.touchstone.generation;

import io.touchstone.reward.Rejected;
import java.util.List;

/** What became of a prompt that was started. */
public sealed interface AnsweredPrompt {

  PromptPreparation.PreparedPrompt prompt();

  /**
   * @param answers as many as samples were asked for
   */
  record Answered(PromptPreparation.PreparedPrompt prompt, List<Answer> answers)
      implements AnsweredPrompt {
    public Answered {
      answers = List.copyOf(answers);
    }
  }

  /** A prompt that the model did not answer. */
  record Refused(PromptPreparation.PreparedPrompt prompt, Rejected why) implements AnsweredPrompt {}
}
