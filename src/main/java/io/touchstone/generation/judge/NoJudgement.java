package io.touchstone.generation.judge;

import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.Finish;

/** Why no judgement was found, in words that a row is rejected with. */
final class NoJudgement {
  private NoJudgement() {}

  static String told(Judge judge, AnsweredPrompt.Answered votes, int maxNewTokens) {
    long cut = votes.answers().stream().filter(answer -> answer.finish() == Finish.LENGTH).count();
    return "expected '"
        + judge.rule().marker()
        + "' and a token behind it, found none in "
        + (votes.answers().size() == 1 ? "the answer" : votes.answers().size() + " answers")
        + (cut == 0
            ? ""
            : ", "
                + (votes.answers().size() == 1 ? "which" : cut + " of which")
                + " ended at "
                + maxNewTokens
                + " tokens (--judge-tokens)");
  }
}
