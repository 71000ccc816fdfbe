package io.touchstone.spark;

import io.touchstone.batch.SegmentTree;
import io.touchstone.conversation.Conversation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.ScorerFactory;
import java.util.Arrays;
import java.util.List;

/** What a row with {@link #POISON} in its text does to the process that meets it. */
enum Harm implements InterposedScorers.Interposed {
  NONE,
  /** The process is gone at once, as after an error in native code. */
  KILLS,
  /** The call never returns, and cannot be interrupted. */
  HANGS,
  /** The process is gone before the row has reached the model. */
  KILLS_AT_ONCE,
  /** The row never reaches the model. */
  HANGS_AT_ONCE;

  static final int STATUS = 77;

  /** Of a load of two or three rows: one that hangs is late after the time of them all. */
  static final int FEW_TOKENS = 120;

  static final String POISON = "\u2620";

  ScorerFactory to(ScorerFactory scorers) {
    return new InterposedScorers(scorers, this);
  }

  boolean hangs() {
    return this == HANGS || this == HANGS_AT_ONCE;
  }

  private boolean isInModel() {
    return this == KILLS || this == HANGS;
  }

  @Override
  public void beforePreparing(List<Conversation> conversations) {
    if (!isInModel()
        && conversations.stream()
            .flatMap(conversation -> conversation.turns().stream())
            .anyMatch(turn -> turn.text().contains(POISON))) {
      strike();
    }
  }

  @Override
  public void beforeScoring(List<PreparedRow> load) {
    if (isInModel() && load.stream().map(PreparedRow::tree).anyMatch(Harm::isPoison)) {
      strike();
    }
  }

  private static boolean isPoison(SegmentTree tree) {
    return tree.segments().stream()
        .flatMapToInt(Arrays::stream)
        .anyMatch(token -> token == POISON.codePointAt(0));
  }

  private void strike() {
    switch (this) {
      case NONE -> {}
      case KILLS, KILLS_AT_ONCE -> Runtime.getRuntime().halt(STATUS);
      case HANGS, HANGS_AT_ONCE -> {
        while (true) {
          try {
            Thread.sleep(1_000);
          } catch (InterruptedException e) {
            continue;
          }
        }
      }
    }
  }
}
