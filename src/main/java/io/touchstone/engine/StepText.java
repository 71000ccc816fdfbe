package io.touchstone.engine;

import io.touchstone.problem.Problem;
import io.touchstone.scoring.Steps;
import java.util.Locale;

/** What is told of how steps are cut and read. */
record StepText(Steps steps) {

  /** Where an answer is cut, and where its steps are read. */
  String cut() {
    String cut = "answers are cut into steps at " + shown(steps.separator());
    return cut
        + switch (steps.layout()) {
          case TOKEN -> ", each read at " + shown(steps.token()) + " behind it";
          case TURN -> ", each a turn of the user's that the assistant answers";
          case SEPARATOR -> ", each read there";
        };
  }

  /** What of a causal model is a step's reward. */
  String readOut(CausalReward.OfPair pair) {
    return String.format(
        Locale.ROOT,
        "share of %s (token %d) against %s (token %d), %s",
        shown(steps.answers().get(0)),
        pair.wanted(),
        shown(steps.answers().get(1)),
        pair.unwanted(),
        switch (steps.layout()) {
          case TOKEN -> "foretold at " + shown(steps.token()) + " behind each step";
          case TURN, SEPARATOR -> "as the answer to each step";
        });
  }

  private static String shown(String text) {
    return "'" + Problem.shown(text.replace("\\", "\\\\").replace("\n", "\\n")) + "'";
  }
}
