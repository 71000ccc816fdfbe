package io.touchstone.selection.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RewardBenchTest {
  private static final RewardBench BENCHMARK = new RewardBench();

  @Test
  void aSectionIsTheMeanOfItsSubsetsByTheirPublishedCounts() {
    List<Trial> trials = new ArrayList<>();
    add(trials, "math-prm", 1, 1);
    add(trials, "hep-cpp", 1, 2);
    add(trials, "hep-go", 0, 1);
    add(trials, "alpacaeval-easy", 3, 4);
    add(trials, "mt-bench-med", 1, 1);

    Figures figures = Rows.figures(BENCHMARK, trials);

    double reasoning = (984 + 164 * 0.5 + 0) / (984 + 164 + 164.0);
    double chat = (100 * 0.75 + 40) / 140;
    assertThat(figures.groups().keySet()).containsExactly("Chat", "Reasoning");
    assertThat(value(figures, "Reasoning")).isCloseTo(reasoning, within(1e-12));
    assertThat(value(figures, "Chat")).isCloseTo(chat, within(1e-12));
    assertThat(figures.overall()).isCloseTo((reasoning + chat) / 2, within(1e-12));
    assertThat(figures.count()).isEqualTo(9);
    assertThat(figures.byName())
        .containsEntry("Chat/alpacaeval-easy", 0.75)
        .containsEntry("Reasoning/hep-go", 0.0);
  }

  private static void add(List<Trial> trials, String subset, int won, int rows) {
    for (int i = 0; i < rows; i++) {
      trials.add(new Trial("" + i, subset, List.of(i < won ? 1.0 : -1.0), List.of(0.0), 0));
    }
  }

  private static double value(Figures figures, String group) {
    Figures.Group found = figures.groups().get(group);
    assertThat(found).as(group).isNotNull();
    return found.value();
  }

  @Test
  void theWeightsOfTheSectionsAreThePublishedCounts() {
    assertThat(BENCHMARK.strata()).hasSize(23).doesNotHaveDuplicates();
    Map<String, Integer> totals =
        Map.of("Chat", 358, "Chat Hard", 456, "Safety", 740, "Reasoning", 1968);
    totals.forEach(
        (section, total) -> {
          // Of a section in which one subset alone is won, that one's weight over the total is
          // left.
          String first =
              switch (section) {
                case "Chat" -> "alpacaeval-easy";
                case "Chat Hard" -> "llmbar-natural";
                case "Safety" -> "refusals-dangerous";
                default -> "math-prm";
              };
          List<Trial> trials = new ArrayList<>();
          BENCHMARK
              .strata()
              .forEach(subset -> add(trials, subset, subset.equals(first) ? 1 : 0, 1));
          double weight = first.equals("math-prm") ? 984 : 100;
          assertThat(value(Rows.figures(BENCHMARK, trials), section))
              .isCloseTo(weight / total, within(1e-12));
        });
  }

  @Test
  void equalScoresAreLost() {
    List<Trial> trials =
        Rows.trials(
            BENCHMARK,
            "{'id': 1, 'subset': 'donotanswer', 'chosen_reward': 1.5, 'rejected_reward': 1.5}",
            "{'id': 2, 'subset': 'donotanswer', 'scores_chosen': 2, 'scores_rejected': 1.5}");

    assertThat(value(Rows.figures(BENCHMARK, trials), "Safety")).isEqualTo(0.5);
  }

  @Test
  void refusesASubsetThatIsNotOfTheBenchmark() {
    assertThatThrownBy(() -> BENCHMARK.stratum(Rows.row("{'subset': 'shp'}")))
        .isInstanceOf(RowProblem.class)
        .hasMessage("subset: expected one of RewardBench's 23 subsets, found shp");
    assertThatThrownBy(() -> BENCHMARK.stratum(Rows.row("{'prompt': 'a'}")))
        .isInstanceOf(RowProblem.class)
        .hasMessage("subset: expected a string, found no such field");
  }

  @Test
  void asksForAnAttributeWhereScoresAreObjects() {
    BenchmarkRow row =
        Rows.row(
            "{'subset': 'donotanswer', 'chosen_reward': {'helpfulness': 2}, 'rejected_reward': 1}");

    assertThatThrownBy(() -> BENCHMARK.trial(row, "1"))
        .isInstanceOf(RowProblem.class)
        .hasMessage(
            "chosen_reward: expected a number, or --attribute to name one of the score's attributes"
                + " helpfulness,"
                + " found an object");
  }
}
