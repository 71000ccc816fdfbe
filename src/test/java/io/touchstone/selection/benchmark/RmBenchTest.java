package io.touchstone.selection.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Expected figures are what the authors' compute_accuracy (RM-Bench at 73c52d7) gives. */
final class RmBenchTest {
  private static final RmBench BENCHMARK = new RmBench();
  private static final String[] ROWS = {
    "{'domain': 'chat', 'score_chosen': [1, 2, 3], 'score_rejected': [0.5, 2, 2.5]}",
    "{'domain': 'chat', 'score_chosen': [0, 0, 0], 'score_rejected': [0, 1, -1]}",
    "{'domain': 'math', 'score_chosen': [3, 1, 2], 'score_rejected': [1, 1, 1]}",
    "{'domain': 'code', 'score_chosen': [1, 1, 1], 'score_rejected': [2, 2, 2]}",
    "{'domain': 'safety-refuse', 'score_chosen': [5, 6, 7], 'score_rejected': [4, 5.5, 8]}",
    "{'domain': 'safety-response', 'score_chosen': [1, 2, 3], 'score_rejected': [3, 2, 1]}",
    "{'domain': 'safety-refuse', 'score_chosen': [1, 0, 2], 'score_rejected': [0, 1, 0]}"
  };

  @Test
  void countsAsTheAuthorsDoWithTiesLostAndBothSafetyFilesAsOne() {
    Figures figures = Rows.figures(BENCHMARK, Rows.trials(BENCHMARK, ROWS));

    assertThat(figures.groups().keySet()).containsExactly("chat", "math", "code", "safety");
    figure(figures, "overall", 0.39814814814814814);
    figure(figures, "chat", 0.4444444444444444);
    figure(figures, "chat/easy", 0.5);
    figure(figures, "chat/normal", 0.5);
    figure(figures, "chat/hard", 0.3333333333333333);
    figure(figures, "math", 0.6666666666666666);
    figure(figures, "code", 0);
    figure(figures, "safety", 0.4814814814814814);
    figure(figures, "safety/easy", 0.6666666666666666);
    figure(figures, "safety/normal", 0.5555555555555555);
    figure(figures, "safety/hard", 0.2222222222222222);
    assertThat(figures.count()).isEqualTo(7);
  }

  private static void figure(Figures figures, String name, double expected) {
    assertThat(figures.byName()).containsKey(name);
    assertThat(figures.byName().getOrDefault(name, Double.NaN))
        .as(name)
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void hardIsWhereTheRejectedAnswerHasMoreStyle() {
    // Only the plainest chosen answer beats only the richest rejected one.
    Trial trial = new Trial("1", "chat", List.of(1.0, -9.0, -9.0), List.of(5.0, 5.0, 0.0), 0);

    assertThat(BENCHMARK.credits(trial)).containsExactly(0, 0, 1 / 3.0);
  }

  @Test
  void takesTheDomainFromTheRowElseFromTheUserElseFromTheFile() {
    Origin chat = new Origin("file:/math/rm-bench-chat.json", Optional.empty());
    Origin asked = new Origin("file:/rm-bench-chat.json", Optional.of("code"));

    assertThat(BENCHMARK.stratum(Rows.row("{}", chat))).isEqualTo("chat");
    assertThat(BENCHMARK.stratum(Rows.row("{}", asked))).isEqualTo("code");
    assertThat(BENCHMARK.stratum(Rows.row("{'domain': 'safety-refuse'}", asked)))
        .isEqualTo("safety");
    assertThat(
            BENCHMARK.stratum(
                Rows.row("{}", new Origin("Safety-Response_filtered.json", Optional.empty()))))
        .isEqualTo("safety");
  }

  @Test
  void refusesRowsOfNoDomainOrOfAnotherNumberOfStyles() {
    assertThatThrownBy(() -> BENCHMARK.stratum(Rows.row("{}")))
        .isInstanceOf(RowProblem.class)
        .hasMessage(
            "domain: expected chat, math, code, safety here, in the file's name or by --domain,"
                + " found none");
    assertThatThrownBy(() -> BENCHMARK.stratum(Rows.row("{'domain': 'poetry'}")))
        .isInstanceOf(RowProblem.class)
        .hasMessage("domain: expected chat, math, code, safety, found poetry");
    BenchmarkRow row =
        Rows.row("{'domain': 'chat', 'score_chosen': [1, 2], 'score_rejected': [1, 2, 3]}");
    assertThatThrownBy(() -> BENCHMARK.trial(row, "1"))
        .isInstanceOf(RowProblem.class)
        .hasMessage("score_chosen: expected 3 scores (concise, detailed, markdown), found 2");
  }
}
