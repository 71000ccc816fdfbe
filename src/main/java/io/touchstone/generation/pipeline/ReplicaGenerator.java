package io.touchstone.generation.pipeline;

import io.touchstone.generation.CausalModel;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Generator;
import io.touchstone.generation.JudgementRule;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.generation.prompt.PromptTokenizer;
import io.touchstone.generation.sampling.RowIdentity;
import io.touchstone.generation.sampling.SamplingRules;
import io.touchstone.generation.sampling.TokenChooser;
import io.touchstone.generation.text.AnswerDecoder;
import io.touchstone.generation.text.AnswerRules;
import io.touchstone.generation.text.AnswerText;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Answers prompts with a causal model of this process: rows of all sessions share its passes, enter
 * as others leave, and have the same answers whatever else is under way.
 */
public final class ReplicaGenerator implements Generator {

  private final PromptTokenizer prompts;
  private final CausalModel model;
  private final Answering answering;
  private final AnswerRules ends;
  private final Choosing choosing;
  private final SharedPasses passes;
  private boolean isSound;
  private volatile boolean keepsBits = true;

  /**
   * How logits become answers.
   *
   * @param judgement that is read out of each answer; empty for none
   * @param threads that choose tokens
   * @param claimsBits whether a row's answer is to be the same in any company
   */
  public record Answering(
      SamplingRules rules,
      AnswerDecoder decoder,
      Optional<JudgementRule> judgement,
      int threads,
      boolean claimsBits) {}

  /** Takes over the prompts' tokenizer and the model, and closes them. */
  public ReplicaGenerator(PromptTokenizer prompts, CausalModel model, Answering answering) {
    this.prompts = prompts;
    this.model = model;
    this.answering = answering;
    SamplingRules rules = answering.rules;
    this.ends =
        new AnswerRules(
            rules.stops(), Set.copyOf(rules.eosIds()), rules.maxNewTokens(), answering.judgement);
    this.choosing = new Choosing(answering.threads);
    this.passes =
        new SharedPasses(model, this::begin, new AnswerLengths(rules.maxNewTokens()), choosing);
  }

  private OpenAnswer begin(Sample sample) {
    PreparedPrompt prompt = sample.row().prompt();
    RowIdentity row =
        prompt
            .prompt()
            .id()
            .map(RowIdentity::ofId)
            .orElseGet(() -> RowIdentity.ofPrompt(prompt.ids()));
    return new OpenAnswer(
        new TokenChooser(answering.rules, prompt.ids(), row, sample.index()),
        new AnswerText(answering.decoder, ends, prompt.opensThought()),
        answering.judgement);
  }

  @Override
  public PromptPreparation prepare(Prompt prompt) {
    return prompts.prepare(prompt);
  }

  @Override
  public GenerationSession session() {
    return new ReplicaSession(passes, answering.rules.samples());
  }

  @Override
  public void ready() {
    passes.apart(this::check);
  }

  private void check() {
    if (!isSound) {
      ModelCheck check = new ModelCheck(model);
      if (answering.claimsBits) {
        keepsBits = check.keepsBits();
      } else {
        check.alone();
      }
      isSound = true;
    }
  }

  @Override
  public boolean keepsBits() {
    return keepsBits;
  }

  @Override
  public void confirm() {
    model.confirm();
  }

  @Override
  public SortedMap<String, String> mappedFiles() {
    return model.mappedFiles();
  }

  /** Waits for the pass that may be under way. */
  @Override
  public void close() {
    passes.close();
    choosing.close();
    model.close();
    prompts.close();
  }
}
