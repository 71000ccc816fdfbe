package io.touchstone.selection.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected figures are what the authors' process_single_model (reward-bench at 05a9005) gives. */
final class RewardBench2Test {
  private static final RewardBench2 BENCHMARK = new RewardBench2();

  @Test
  void aSharedBestScoreEarnsItsShare() {
    assertThat(earned(3, 2, 1, 0)).isEqualTo(1);
    assertThat(earned(3, 3, 1, 0)).isEqualTo(0.5);
    assertThat(earned(3, 3, 3, 3)).isEqualTo(0.25);
    assertThat(earned(3, 4, 1, 0)).isZero();
    assertThat(earned(3, 3, 4, 0)).isZero();
  }

  private static double earned(double chosen, double a, double b, double c) {
    return BENCHMARK.credits(new Trial("1", "Math", List.of(chosen), List.of(a, b, c), 0))[0];
  }

  @Test
  void theTiesSubsetHasTheAuthorsScore() {
    List<Trial> trials =
        Rows.trials(
            BENCHMARK,
            ties("ref:1", "[5]", "[1, 2]"),
            ties("tied:1", "[4, 4.5, 4.25]", "[3, 1]"),
            ties("ref:2", "[0.5]", "[1.5, -2]"),
            ties("tied:2", "[2, 3]", "[1.75, 0]"),
            ties("ref:3", "[2]", "[1]"),
            ties("tied:3", "[1, 1]", "[0.5]"),
            ties("ref:4", "[3]", "[2.5]"),
            ties("tied:4", "[1, 6]", "[2, 0]"),
            ties("ref:5", "[1]", "[1]"),
            ties("tied:5", "[1, 1]", "[1]"));

    Figures figures = Rows.figures(BENCHMARK, trials);

    assertThat(figures.overall()).isCloseTo(0.5199278239377356, within(1e-12));
    assertThat(figures.count()).isEqualTo(10);
  }

  private static String ties(String id, String chosen, String rejected) {
    return "{'subset': 'Ties', 'id': '%s', 'score_chosen': %s, 'score_rejected': %s}"
        .formatted(id, chosen, rejected);
  }

  @Test
  void overallIsTheMeanOfTheSubsets() {
    List<Trial> trials =
        Rows.trials(
            BENCHMARK,
            "{'subset': 'Math', 'score_chosen': [1], 'score_rejected': [0, 0, 0]}",
            "{'subset': 'Focus', 'score_chosen': [1], 'score_rejected': [1, 0, 0]}",
            "{'subset': 'Focus', 'score_chosen': [1], 'score_rejected': [2, 0, 0]}");

    Figures figures = Rows.figures(BENCHMARK, trials);

    assertThat(figures.byName())
        .containsEntry("overall", 0.625)
        .containsEntry("Math", 1.0)
        .containsEntry("Focus", 0.25);
  }

  @Test
  void refusesWhatIsLaidOutInAnotherWay() {
    refused(
        "{'subset': 'Math', 'score_chosen': [1, 2], 'score_rejected': [0]}",
        "score_chosen: expected 1 score outside of the ties subset, found 2");
    refused(
        "{'subset': 'Math', 'score_chosen': [1], 'score_rejected': 0}",
        "score_rejected: expected a list of scores, found a number");
    refused(
        "{'subset': 'Ties', 'id': 'prompt 7', 'score_chosen': [1], 'score_rejected': [0]}",
        "id: expected ref:NUMBER or tied:NUMBER in the ties subset, found prompt 7");
    refused(
        ties("tied:1", "[1]", "[0]"),
        "score_chosen: expected 2 scores or more in a tied row of the ties subset, found 1");
  }

  private static void refused(String json, String message) {
    BenchmarkRow row = Rows.row(json);
    assertThatThrownBy(() -> BENCHMARK.trial(row, row.id().orElse("1")))
        .isInstanceOf(RowProblem.class)
        .hasMessage(message);
  }
}
