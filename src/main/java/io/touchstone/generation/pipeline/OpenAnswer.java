package io.touchstone.generation.pipeline;

import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import io.touchstone.generation.JudgementRule;
import io.touchstone.generation.Logits;
import io.touchstone.generation.sampling.ChosenToken;
import io.touchstone.generation.sampling.TokenChooser;
import io.touchstone.generation.sampling.UnfitLogitsException;
import io.touchstone.generation.text.AnswerText;
import io.touchstone.reward.Rejected;
import io.touchstone.tokenizer.TokenizerException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One answer as it grows from its first token. One thread at a time. */
final class OpenAnswer {

  private final TokenChooser chooser;
  private final AnswerText text;
  private final Optional<JudgementRule> judgement;
  private int next;
  private @Nullable Answer ended;
  private @Nullable Rejected refusal;

  /**
   * @param judgement that the text reads out of the answer; empty for none
   */
  OpenAnswer(TokenChooser chooser, AnswerText text, Optional<JudgementRule> judgement) {
    this.chooser = chooser;
    this.text = text;
    this.judgement = judgement;
  }

  /**
   * Takes its next token.
   *
   * @param logits that follow on the prompt and the tokens taken before
   */
  void accept(Logits logits) {
    try {
      ChosenToken token = chooser.next(logits);
      if (!Double.isFinite(token.logprob())) {
        refusal = notFinite("found a token of log-probability " + token.logprob());
        return;
      }
      next = token.id();
      Optional<Finish> finish =
          text.add(
              token.id(),
              token.logprob(),
              judgement.map(rule -> rule.difference(logits)).orElse(0.0));
      ended = finish.map(text::answer).orElse(null);
    } catch (UnfitLogitsException e) {
      refusal = new Rejected("not-finite", String.valueOf(e.getMessage()));
    } catch (TokenizerException e) {
      refusal = new Rejected("tokenizer-error", String.valueOf(e.getMessage()));
    }
  }

  private static Rejected notFinite(String found) {
    return new Rejected("not-finite", "expected finite logits from the model, " + found);
  }

  /** The token that it took last. */
  int next() {
    return next;
  }

  /** How many it has taken. */
  int tokens() {
    return text.tokens();
  }

  Optional<Answer> ended() {
    return Optional.ofNullable(ended);
  }

  Optional<Rejected> refusal() {
    return Optional.ofNullable(refusal);
  }
}
