package io.touchstone.spark;

import io.touchstone.batch.SegmentTree;
import io.touchstone.conversation.Conversation;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Place;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a row with {@link #POISON} in its text does to the process that meets it. */
enum Harm {
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
  static final String POISON = "\u2620";

  ScorerFactory to(ScorerFactory scorers) {
    return new Harmed(scorers, this);
  }

  boolean hangs() {
    return this == HANGS || this == HANGS_AT_ONCE;
  }

  private boolean isInModel() {
    return this == KILLS || this == HANGS;
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

  private record Harmed(ScorerFactory of, Harm harm) implements ScorerFactory {

    @Override
    public ModelDescription model() {
      return of.model();
    }

    @Override
    public Optional<MemoryPlan> memory() {
      return of.memory();
    }

    @Override
    public Scorer open(Place place) {
      return new HarmedScorer(of.open(place), harm);
    }
  }

  private record HarmedScorer(Scorer of, Harm harm) implements Scorer {

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      if (!harm.isInModel()
          && conversations.stream()
              .flatMap(conversation -> conversation.turns().stream())
              .anyMatch(turn -> turn.text().contains(POISON))) {
        harm.strike();
      }
      return of.prepare(conversations);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      if (harm.isInModel()
          && rows.stream().map(PreparedRow::tree).anyMatch(HarmedScorer::isPoison)) {
        harm.strike();
      }
      return of.score(rows);
    }

    private static boolean isPoison(SegmentTree tree) {
      return tree.segments().stream()
          .flatMapToInt(Arrays::stream)
          .anyMatch(token -> token == POISON.codePointAt(0));
    }

    @Override
    public int loadTokens() {
      return of.loadTokens();
    }

    @Override
    public void close() {
      of.close();
    }
  }
}
