package io.touchstone.generation;

import io.touchstone.reward.Rejected;
import java.util.List;

/** What became of a prompt that was started. */
public sealed interface AnsweredPrompt {

  PromptPreparation.PreparedPrompt prompt();

  /**
   * @param answers as many as samples were asked for
   * @param promptTokens as whoever tokenized the prompt counts them
   */
  record Answered(PromptPreparation.PreparedPrompt prompt, List<Answer> answers, long promptTokens)
      implements AnsweredPrompt {
    public Answered {
      answers = List.copyOf(answers);
    }

    /** To a prompt that was tokenized here. */
    public Answered(PromptPreparation.PreparedPrompt prompt, List<Answer> answers) {
      this(prompt, answers, prompt.ids().length);
    }
  }

  /** A prompt that the model did not answer. */
  record Refused(PromptPreparation.PreparedPrompt prompt, Rejected why) implements AnsweredPrompt {}
}
