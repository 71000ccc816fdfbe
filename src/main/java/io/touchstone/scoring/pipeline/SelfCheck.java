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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether a scorer scores at all, and whether it gives a conversation the same bits in any company:
 * held to a few short texts that every model can read.
 */
public final class SelfCheck {

  private static final List<Conversation> GOLDEN = chat("How many legs has a spider?", "Eight.");

  /** A conversation that is read at each answer: many scores of few tokens. */
  private static final List<Conversation> TRIAL =
      chat(
          "How many legs has a spider?",
          "Eight.",
          "And an ant?",
          "Six, as all insects have.",
          "A horse?",
          "Four.",
          "A snake?",
          "None at all.",
          "And a stool?",
          "Mostly three, so that it never wobbles.",
          "A table then?",
          "Four, and it often does.",
          "What about me?",
          "Two, I should think.",
          "Thanks!",
          "You are welcome.");

  /** Of so many lengths is what stands in front of the trial in turn. */
  private static final int PLACES = 4;

  private SelfCheck() {}

  /** Up to each answer. */
  private static List<Conversation> chat(String... texts) {
    List<Turn> turns = new ArrayList<>();
    List<Conversation> conversations = new ArrayList<>();
    for (int i = 0; i < texts.length; i += 2) {
      turns.add(Turn.of(Role.USER, texts[i]));
      turns.add(Turn.of(Role.ASSISTANT, texts[i + 1]));
      conversations.add(new Conversation(List.copyOf(turns)));
    }
    return conversations;
  }

  /**
   * Scores one conversation alone; of a scorer that writes whatever it makes of it will do.
   *
   * @throws ScorerException if it gets no finite reward
   */
  public static void alone(Scorer scorer) {
    Preparation golden = scorer.prepare(GOLDEN);
    if (scorer.writes() && golden instanceof PreparedRow row) {
      // A judgement may be missing in a sound one's answer: that it writes is all there is to see.
      scorer.score(List.of(row));
      return;
    }
    if (golden instanceof Preparation.Unpreparable bad) {
      throw refused(bad.rejected());
    }
    last(scorer, List.of(once((PreparedRow) golden, GOLDEN.size())))
        .forEach(SelfCheck::refuseUnlessFinite);
  }

  /**
   * Scores a longer one alone and in company, each time at another place of the load; where the
   * model takes no prompt as long, {@link #alone} is all there is to see.
   *
   * @return whether all of its scores have the same bits every time
   * @throws ScorerException if it gets no finite rewards
   */
  public static boolean keepsBits(Scorer scorer) {
    if (!(scorer.prepare(TRIAL) instanceof PreparedRow whole)) {
      alone(scorer);
      return true;
    }
    PreparedRow trial = once(whole, TRIAL.size());
    List<Reward> alone = last(scorer, List.of(trial));
    alone.forEach(SelfCheck::refuseUnlessFinite);
    return company(scorer).stream()
        .allMatch(neighbour -> bits(last(scorer, List.of(neighbour, trial))).equals(bits(alone)));
  }

  /** Rows whose numbers of tokens are 0, 1, 2, 3 more than a multiple of 4, as far as found. */
  private static Collection<PreparedRow> company(Scorer scorer) {
    Map<Integer, PreparedRow> byPlace = new HashMap<>();
    StringBuilder question = new StringBuilder("1");
    for (int number = 2; number <= 2 * PLACES; number++) {
      neighbour(scorer, question.toString())
          .ifPresent(row -> byPlace.putIfAbsent(row.distinctTokens() % PLACES, row));
      // One letter more, or two: whatever they are to the tokenizer, both numbers of tokens come
      // up.
      question.append(number % 2 == 0 ? "" : " ").append(number);
    }
    return byPlace.values();
  }

  /**
   * A row with a system turn, where the template has such: then it shares no beginning with the
   * trial, whose tokens lie in one run behind it.
   */
  private static Optional<PreparedRow> neighbour(Scorer scorer, String question) {
    List<Turn> turns =
        List.of(
            Turn.of(Role.SYSTEM, "Be brief."),
            Turn.of(Role.USER, question),
            Turn.of(Role.ASSISTANT, "Yes."));
    for (List<Turn> told : List.of(turns, turns.subList(1, turns.size()))) {
      if (scorer.prepare(List.of(new Conversation(told))) instanceof PreparedRow row) {
        return Optional.of(once(row, 1));
      }
    }
    return Optional.empty();
  }

  /** The first prompt of each conversation: a model may be asked a thousand questions about it. */
  private static PreparedRow once(PreparedRow row, int conversations) {
    int prompts = row.promptTokens().size() / conversations;
    return prompts == 1
        ? row
        : row.only(IntStream.range(0, conversations).mapToObj(first -> first * prompts).toList());
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

  /** Those of the last row of a load. */
  private static List<Reward> last(Scorer scorer, List<PreparedRow> load) {
    List<Verdict> verdicts = scorer.score(load).verdicts();
    if (verdicts.get(verdicts.size() - 1) instanceof Scored scored) {
      return scored.rewards();
    }
    throw refused((Rejected) verdicts.get(verdicts.size() - 1));
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
