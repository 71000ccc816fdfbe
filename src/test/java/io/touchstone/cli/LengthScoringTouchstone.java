package io.touchstone.cli;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.util.List;

/** The program with a model that rewards length: all of the command line without the arithmetic. */
final class LengthScoringTouchstone {
  private LengthScoringTouchstone() {}

  public static void main(String[] args) {
    ScorerSource scorers =
        (model, settings) -> {
          Checkpoint.open(model);
          return new Factory(model.toString());
        };
    System.exit(new Touchstone(scorers, Surroundings.ofProcess()).run(List.of(args)).code());
  }

  private record Factory(String path) implements ScorerFactory {
    @Override
    public ModelDescription model() {
      return new ModelDescription(
          path,
          "length",
          "LengthForSequenceClassification",
          List.of("helpfulness"),
          1_000_000,
          "chat",
          "2024-07-26",
          "fp32");
    }

    @Override
    public Scorer open() {
      return new LengthScorer();
    }
  }

  private record LengthScorer() implements Scorer {
    @Override
    public Preparation prepare(List<Conversation> conversations) {
      return new PreparedRow(
          conversations.stream()
              .map(each -> String.join("\n", each.turns().stream().map(Turn::text).toList()))
              .map(text -> text.codePoints().toArray())
              .toList(),
          0);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      List<Verdict> verdicts =
          rows.stream()
              .map(
                  row ->
                      (Verdict)
                          new Scored(
                              row.prompts().stream()
                                  .map(ids -> new Reward(new float[] {ids.length / 8f}))
                                  .toList()))
              .toList();
      long tokens = rows.stream().mapToLong(PreparedRow::presentedTokens).sum();
      return new LoadResult(verdicts, tokens, 1);
    }

    @Override
    public int loadTokens() {
      return 4_096;
    }

    @Override
    public void close() {}
  }
}
