package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import java.util.List;

/** Whether a scorer scores at all: held to one short conversation that every model can read. */
public final class SelfCheck {

  private static final List<Conversation> GOLDEN =
      List.of(
          new Conversation(
              List.of(
                  Turn.of(Role.USER, "How many legs has a spider?"),
                  Turn.of(Role.ASSISTANT, "Eight."))));

  private SelfCheck() {}

  /**
   * @throws ScorerException if the conversation gets no finite reward
   */
  public static void of(Scorer scorer) {
    Preparation preparation = scorer.prepare(GOLDEN);
    if (preparation instanceof Preparation.Unpreparable bad) {
      throw refused(bad.rejected());
    }
    Verdict verdict = scorer.score(List.of((PreparedRow) preparation)).verdicts().get(0);
    if (verdict instanceof Rejected bad) {
      throw refused(bad);
    }
    ((Scored) verdict).rewards().forEach(SelfCheck::refuseUnlessFinite);
  }

  private static void refuseUnlessFinite(Reward reward) {
    for (float value : reward.values()) {
      if (!Float.isFinite(value)) {
        throw new ScorerException(
            "self-check: expected a finite reward for a short conversation, found " + value);
      }
    }
  }

  private static ScorerException refused(Rejected why) {
    return new ScorerException(
        "self-check: expected a reward for a short conversation, found it rejected: "
            + why.kind()
            + ", "
            + why.reason());
  }
}
