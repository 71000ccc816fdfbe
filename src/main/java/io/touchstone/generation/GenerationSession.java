package io.touchstone.generation;

import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import java.util.List;

/**
 * Rows of one task on their way through a generator. One thread; closed with none or some alive.
 */
public interface GenerationSession extends AutoCloseable {

  /** Whether another prompt would soon be worked on: if not, it would only wait. */
  boolean hasRoom();

  /** Takes a prompt. */
  void start(PreparedPrompt prompt);

  /**
   * Waits for a pass of the model, or for a server's next reply.
   *
   * @return what was finished meanwhile, in no particular order; maybe nothing
   * @throws io.touchstone.scoring.ScorerException if the model fails
   */
  List<AnsweredPrompt> await() throws InterruptedException;

  /**
   * Answers one prompt while nothing else is under way in this process: rows of other sessions
   * wait. For a row that is suspected of having ended a process.
   */
  AnsweredPrompt alone(PreparedPrompt prompt) throws InterruptedException;

  /**
   * What happened since the session began, in {@link #alone} too while it is under way: grows with
   * each pass. Any thread.
   */
  Counts counts();

  /**
   * @param alive prompts that were started and that {@link #await} has not returned
   * @param generated tokens, of finished and unfinished answers
   * @param presented tokens of the prompts that were started, for each sample by itself
   * @param computed tokens of prompts that went through the model
   * @param busyNanos time in the model, shared with other sessions
   */
  record Counts(int alive, long generated, long presented, long computed, long busyNanos) {}

  /** Gives up what is under way. */
  @Override
  void close();
}
