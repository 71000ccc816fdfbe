package io.touchstone.selection.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EvaluationTableTest {
  private static final Pairs PAIRS = new Pairs();
  private static final List<Trial> TRIALS =
      List.of(
          new Trial("1", "a", List.of(1.0), List.of(0.0), 0),
          new Trial("2", "a", List.of(2.0), List.of(0.0), 0),
          new Trial("3", "b", List.of(3.0), List.of(0.0), 0));

  @Test
  void printsPercentagesInAlignedColumns() {
    EvaluationTable table = new EvaluationTable(Evaluation.of(PAIRS, TRIALS, 1), Optional.empty());

    assertThat(table.plain())
        .isEqualTo(
            """
                            %    95 % interval  tasks
              a        100.00  15.81 to 100.00      2
              b        100.00   2.50 to 100.00      1
              overall  100.00  29.24 to 100.00      3
            """);
    assertThat(table.markdown())
        .isEqualTo(
            """
            # pairs

            |  | % | 95 % interval | tasks |
            |---|---:|---:|---:|
            | a | 100.00 | 15.81 to 100.00 | 2 |
            | b | 100.00 | 2.50 to 100.00 | 1 |
            | overall | 100.00 | 29.24 to 100.00 | 3 |
            """);
  }

  @Test
  void saysInWordsWhatTheComparisonFound() {
    List<Trial> lost =
        TRIALS.stream()
            .map(
                trial ->
                    new Trial(trial.id(), trial.stratum(), trial.rejected(), trial.chosen(), 0))
            .toList();

    EvaluationTable table =
        new EvaluationTable(
            Evaluation.of(PAIRS, TRIALS, 1), Optional.of(Comparison.of(PAIRS, TRIALS, lost, 1)));

    assertThat(table.plain())
        .contains("The difference may be chance: overall +100.00 points;")
        .contains("Compared on 3 tasks that both have; 0 only here, 0 only there.");
    assertThat(table.markdown()).contains("| overall | 100.00 | 0.00 | +100.00 |");
  }

  @Test
  void saysHowJudgeBenchCountsEqualScores() {
    List<Trial> trials =
        List.of(
            new Trial("1", "math", List.of(1.0), List.of(1.0), 0),
            new Trial("2", "math", List.of(1.0), List.of(0.0), 0));
    EvaluationTable table =
        new EvaluationTable(Evaluation.of(new JudgeBench(), trials, 1), Optional.empty());
    String note =
        "Equal scores are the verdict B>A, as with the authors: right where the label says so, and"
            + " wrong where it says A>B. 1 of 2 pairs have them.\n";
    assertThat(table.plain()).endsWith("\n\n" + note);
    assertThat(table.markdown()).endsWith("\n\n" + note);
  }

  @Test
  void saysWhatIsMissing() {
    JudgeBench judgeBench = new JudgeBench();
    List<Trial> trials = List.of(new Trial("1", "math", List.of(1.0), List.of(0.0), 0));

    assertThat(new EvaluationTable(Evaluation.of(judgeBench, trials, 1), Optional.empty()).plain())
        .contains("Not the whole benchmark: no task of knowledge, reasoning, coding.");
  }
}
