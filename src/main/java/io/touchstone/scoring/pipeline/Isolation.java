package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.Conversation;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a row that the scorer cannot bear from failing the rest: a load that throws, or runs out of
 * memory, is halved until such a row stands alone. It is rejected if the scorer is sound without it
 * ({@link SelfCheck}); if not, the scorer itself has failed.
 */
record Isolation(Scorer scorer) {

  static final String KIND = "scorer-failed";

  LoadResult score(List<PreparedRow> rows) {
    try {
      return scorer.score(rows);
    } catch (ScorerException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return rows.size() > 1 ? halves(rows) : alone(e);
    }
  }

  private LoadResult halves(List<PreparedRow> rows) {
    int middle = rows.size() / 2;
    LoadResult left = score(rows.subList(0, middle));
    LoadResult right = score(rows.subList(middle, rows.size()));
    List<Verdict> verdicts = new ArrayList<>(left.verdicts());
    verdicts.addAll(right.verdicts());
    return new LoadResult(
        verdicts,
        left.computedTokens() + right.computedTokens(),
        left.forwardNanos() + right.forwardNanos());
  }

  private LoadResult alone(Throwable failure) {
    return new LoadResult(List.of(rejected(failure, "the model")), 0, 0);
  }

  /** What became of a row's conversations on the way to token ids. */
  Preparation prepare(List<Conversation> conversations, List<String> principles) {
    try {
      return scorer.prepare(conversations, principles);
    } catch (ScorerException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      return new Preparation.Unpreparable(rejected(e, "template and tokenizer"));
    }
  }

  /** Names the failure's type alone: its message may quote the conversation. */
  Rejected rejected(Throwable failure, String where) {
    String type = failure.getClass().getSimpleName();
    try {
      SelfCheck.alone(scorer);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      ScorerException broken =
          new ScorerException(
              "scorer: expected it to be sound after a row failed with "
                  + type
                  + ", found that it scores nothing any more",
              failure);
      broken.addSuppressed(e);
      throw broken;
    }
    return new Rejected(
        KIND, where + ": expected a score for the row alone, found a failure: " + type);
  }
}
