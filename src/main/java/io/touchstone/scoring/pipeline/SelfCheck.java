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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether a scorer scores at all, and whether it gives a conversation the same bits in any company:
 * held to a few short conversations that every model can read.
 */
public final class SelfCheck {

  private static final List<Conversation> GOLDEN = asked("How many legs has a spider?", "Eight.");

  /** Of several lengths, so that what comes after them lies at several places of a load. */
  private static final List<List<Conversation>> COMPANY =
      List.of(
          GOLDEN,
          asked("Hi", "Yes?"),
          asked("Name three rivers of Europe.", "The Danube, the Loire and the Vistula."),
          asked("And now?", "Now we wait until the dough has risen to twice its size."));

  private SelfCheck() {}

  private static List<Conversation> asked(String question, String answer) {
    return List.of(
        new Conversation(List.of(Turn.of(Role.USER, question), Turn.of(Role.ASSISTANT, answer))));
  }

  /**
   * Scores one conversation alone.
   *
   * @throws ScorerException if it gets no finite reward
   */
  public static void alone(Scorer scorer) {
    rewards(scorer, List.of(GOLDEN)).forEach(SelfCheck::refuseUnlessFinite);
  }

  /**
   * Scores several conversations in two orders, so that each has other neighbours and lies at
   * another place of the load, and one of them alone.
   *
   * @return whether each of them has the same bits every time
   * @throws ScorerException if one of them gets no finite reward
   */
  public static boolean keepsBits(Scorer scorer) {
    List<List<Conversation>> turned = new ArrayList<>(COMPANY);
    Collections.reverse(turned);
    List<Reward> forwards = rewards(scorer, COMPANY);
    List<Reward> backwards = new ArrayList<>(rewards(scorer, turned));
    Collections.reverse(backwards);
    forwards.forEach(SelfCheck::refuseUnlessFinite);
    return bits(forwards).equals(bits(backwards))
        && bits(forwards.subList(0, 1)).equals(bits(rewards(scorer, List.of(GOLDEN))));
  }

  private static List<Integer> bits(List<Reward> rewards) {
    List<Integer> bits = new ArrayList<>();
    for (Reward reward : rewards) {
      for (float value : reward.values()) {
        bits.add(Float.floatToRawIntBits(value));
      }
    }
    return bits;
  }

  /** One for each row, scored as one load. */
  private static List<Reward> rewards(Scorer scorer, List<List<Conversation>> rows) {
    List<PreparedRow> load = new ArrayList<>();
    for (List<Conversation> row : rows) {
      Preparation preparation = scorer.prepare(row);
      if (preparation instanceof Preparation.Unpreparable bad) {
        throw refused(bad.rejected());
      }
      load.add((PreparedRow) preparation);
    }
    List<Reward> rewards = new ArrayList<>();
    for (Verdict verdict : scorer.score(load).verdicts()) {
      if (verdict instanceof Rejected bad) {
        throw refused(bad);
      }
      rewards.addAll(((Scored) verdict).rewards());
    }
    return rewards;
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
