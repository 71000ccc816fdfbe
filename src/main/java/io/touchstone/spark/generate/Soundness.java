package io.touchstone.spark.generate;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Generator;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.ScorerException;
import java.util.List;
import java.util.Optional;

/**
 * Whether a generator still answers after something has failed: only then the row is to blame that
 * it failed with.
 */
record Soundness(Generator generator) {

  static final String FAILED = "generator-failed";

  private static final Prompt GOLDEN =
      new Prompt(
          -1,
          new Conversation(List.of(Turn.of(Role.USER, "How many legs has a spider?"))),
          false,
          Optional.empty());

  /** Of sessions whose rows were lost with another's each is told what that one met. */
  static boolean isOfModel(Throwable failure) {
    return failure instanceof ScorerException && cause(failure) == failure;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean isOfARow =
        cause instanceof RuntimeException && !(cause instanceof ScorerException)
            || cause instanceof Error;
    return failure instanceof ScorerException && isOfARow ? cause : failure;
  }

  /**
   * Prepares a short prompt.
   *
   * @throws ScorerException if that fails, too
   */
  void requirePreparing(Throwable failure) {
    try {
      generator.prepare(GOLDEN);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw broken(failure, e);
    }
  }

  /**
   * Answers a short prompt.
   *
   * @throws ScorerException if that fails, too
   */
  void requireAnswering(GenerationSession session, Throwable failure) throws InterruptedException {
    try {
      if (generator.prepare(GOLDEN) instanceof PreparedPrompt golden) {
        session.alone(golden);
      }
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw broken(failure, e);
    }
  }

  private static ScorerException broken(Throwable failure, Throwable again) {
    ScorerException broken =
        new ScorerException(
            "generator: expected it to be sound after a row failed with "
                + cause(failure).getClass().getSimpleName()
                + ", found that it answers nothing any more",
            failure);
    broken.addSuppressed(again);
    return broken;
  }

  /** Names the failure's type alone: its message may quote the conversation. */
  static Rejected rejected(Throwable failure, String where) {
    return new Rejected(
        FAILED,
        where
            + ": expected an answer to the row alone, found a failure: "
            + cause(failure).getClass().getSimpleName());
  }
}
