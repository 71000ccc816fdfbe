package io.touchstone.scoring.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.batch.SegmentTree;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IsolationTest {

  /** Rows are one token, rewards are that token; a load that holds a poisonous one fails. */
  private static final class Fragile implements Scorer {
    final List<Integer> loads = new ArrayList<>();
    private final Set<Integer> poison;
    private final Supplier<Throwable> failure;
    private boolean dead;
    private final boolean diesOfIt;

    Fragile(Set<Integer> poison, Supplier<Throwable> failure, boolean diesOfIt) {
      this.poison = poison;
      this.failure = failure;
      this.diesOfIt = diesOfIt;
    }

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      String text = conversations.get(0).turns().get(0).text();
      if (text.equals("unbearable")) {
        fail();
      }
      return row(0);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      loads.add(rows.size());
      List<Verdict> verdicts = new ArrayList<>();
      for (PreparedRow row : rows) {
        int token = row.tree().segments().get(0)[0];
        if (dead || poison.contains(token)) {
          dead = diesOfIt;
          fail();
        }
        verdicts.add(new Scored(List.of(new Reward(new float[] {token}))));
      }
      return new LoadResult(verdicts, rows.size(), 1);
    }

    private void fail() {
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    }

    @Override
    public int loadTokens() {
      return 100;
    }

    @Override
    public void close() {}
  }

  private static PreparedRow row(int token) {
    return new PreparedRow(
        new SegmentTree(List.of(new int[] {token}), new int[] {-1}, new int[] {0}), List.of(1), 0);
  }

  private static List<PreparedRow> rows(int count) {
    return IntStream.range(0, count).mapToObj(IsolationTest::row).toList();
  }

  @Test
  void rowsThatMakeTheModelThrowAreRejectedAndTheirNeighboursScored() {
    Fragile scorer =
        new Fragile(Set.of(5, 6, 31), () -> new IllegalStateException("secret of the row"), false);
    LoadResult result = new Isolation(scorer).score(rows(32));
    assertThat(result.verdicts()).hasSize(32);
    for (int i = 0; i < 32; i++) {
      if (Set.of(5, 6, 31).contains(i)) {
        assertThat(result.verdicts().get(i))
            .isEqualTo(
                new Rejected(
                    "scorer-failed",
                    "the model: expected a score for the row alone, found a failure:"
                        + " IllegalStateException"));
      } else {
        Scored scored = (Scored) result.verdicts().get(i);
        assertThat(scored.rewards().get(0).values()).containsExactly(i);
      }
    }
    assertThat(result.computedTokens()).as("tokens of the rows that were scored").isEqualTo(29);
    assertThat(scorer.loads).as("no load is run as often as there are rows").hasSizeLessThan(32);
  }

  @Test
  void runningOutOfMemoryIsSurvivedToo() {
    Fragile scorer = new Fragile(Set.of(2), () -> new OutOfMemoryError("heap"), false);
    assertThat(new Isolation(scorer).score(rows(4)).verdicts().get(2))
        .isEqualTo(
            new Rejected(
                "scorer-failed",
                "the model: expected a score for the row alone, found a failure:"
                    + " OutOfMemoryError"));
  }

  @Test
  void aScorerThatAFailureHasBrokenFailsTheJobAndRejectsNothing() {
    Fragile scorer = new Fragile(Set.of(1), () -> new IllegalStateException("gone"), true);
    assertThatThrownBy(() -> new Isolation(scorer).score(rows(4)))
        .isInstanceOf(ScorerException.class)
        .hasMessage(
            "scorer: expected it to be sound after a row failed with IllegalStateException, found"
                + " that it scores nothing any more")
        .hasRootCauseMessage("gone");
  }

  @Test
  void whatTheScorerSaysOfItselfIsNoRowsFault() {
    Fragile scorer = new Fragile(Set.of(1), () -> new ScorerException("the device left"), false);
    assertThatThrownBy(() -> new Isolation(scorer).score(rows(4)))
        .isInstanceOf(ScorerException.class)
        .hasMessage("the device left");
  }

  @Test
  void aRowThatCannotBePreparedIsRejectedWithoutItsWords() {
    Fragile scorer = new Fragile(Set.of(), () -> new StackOverflowError("unbearable"), false);
    Preparation preparation =
        new Isolation(scorer)
            .prepare(
                List.of(new Conversation(List.of(Turn.of(Role.USER, "unbearable")))), List.of());
    assertThat(preparation)
        .isEqualTo(
            new Preparation.Unpreparable(
                new Rejected(
                    "scorer-failed",
                    "template and tokenizer: expected a score for the row alone, found a failure:"
                        + " StackOverflowError")));
  }
}
