package io.touchstone.selection.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.line.RowProblem;
import org.junit.jupiter.api.Test;

final class JudgeBenchTest {
  private static final JudgeBench BENCHMARK = new JudgeBench();

  @Test
  void equalScoresSayThatBIsBetter() {
    Figures figures =
        Rows.figures(
            BENCHMARK,
            Rows.trials(
                BENCHMARK,
                pair("mmlu-pro-law", "A>B", 1, 1),
                pair("mmlu-pro-law", "B>A", 1, 1),
                pair("livecodebench", "B>A", 2, 1)));

    assertThat(figures.byName())
        .containsEntry("knowledge", 0.5)
        .containsEntry("coding", 0.0)
        .containsEntry("overall", 1 / 3.0);
  }

  private static String pair(String source, String label, double a, double b) {
    return "{'source': '%s', 'label': '%s', 'score_A': %s, 'score_B': %s}"
        .formatted(source, label, a, b);
  }

  @Test
  void overallIsByPair() {
    Figures figures =
        Rows.figures(
            BENCHMARK,
            Rows.trials(
                BENCHMARK,
                pair("livebench-math", "A>B", 2, 1),
                pair("livebench-reasoning", "B>A", 2, 1),
                pair("livebench-reasoning", "B>A", 2, 1),
                pair("livebench-reasoning", "B>A", 1, 2)));

    assertThat(figures.overall()).isEqualTo(0.5);
    assertThat(figures.groups().keySet()).containsExactly("reasoning", "math");
  }

  @Test
  void refusesOtherSourcesAndLabels() {
    refused(
        "{'source': 'x', 'label': 'A>B'}",
        "source: expected a name that begins with mmlu-pro,"
            + " livebench-reasoning, livebench-math, livecodebench, found x");
    refused("{'source': 'x', 'label': 'A=B'}", "label: expected A>B or B>A, found A=B");
  }

  private static void refused(String json, String message) {
    assertThatThrownBy(() -> BENCHMARK.stratum(Rows.row(json)))
        .isInstanceOf(RowProblem.class)
        .hasMessage(message);
  }
}
