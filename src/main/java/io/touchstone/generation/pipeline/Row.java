package io.touchstone.generation.pipeline;

import io.touchstone.generation.Answer;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.reward.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A prompt on its way, with its samples. Whoever drives a pass owns it. */
final class Row {

  private final PreparedPrompt prompt;
  private final ReplicaSession session;
  private final List<Sample> samples;
  private @Nullable Rejected refusal;

  /** Set by its session, at any time. */
  private volatile boolean given;

  Row(PreparedPrompt prompt, ReplicaSession session, int samples) {
    this.prompt = prompt;
    this.session = session;
    this.samples = IntStream.range(0, samples).mapToObj(i -> new Sample(this, i)).toList();
  }

  PreparedPrompt prompt() {
    return prompt;
  }

  ReplicaSession session() {
    return session;
  }

  List<Sample> samples() {
    return samples;
  }

  void refuse(Rejected why) {
    refusal = why;
  }

  /** Says that nobody waits for it any more. */
  void giveUp() {
    given = true;
  }

  boolean isGivenUp() {
    return given;
  }

  /** What became of it; null as long as it is under way. */
  @Nullable AnsweredPrompt outcome() {
    if (refusal != null) {
      return new AnsweredPrompt.Refused(prompt, refusal);
    }
    List<Answer> answers = new ArrayList<>();
    for (Sample sample : samples) {
      Answer answer = sample.answer();
      if (answer == null) {
        return null;
      }
      answers.add(answer);
    }
    return new AnsweredPrompt.Answered(prompt, answers);
  }

  /** Gives the places of its samples up. */
  void release() {
    samples.forEach(Sample::release);
  }
}
