package io.touchstone.selection.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.line.RowProblem;
import org.junit.jupiter.api.Test;

final class HelpSteer3Test {
  private static final HelpSteer3 BENCHMARK = new HelpSteer3();

  private static String pair(String domain, Object preference, double first, double second) {
    return "{'domain': '%s', 'overall_preference': %s, 'reward1': %s, 'reward2': %s}"
        .formatted(domain, preference, first, second);
  }

  @Test
  void aNegativePreferenceIsForTheFirstResponse() {
    Figures figures =
        Rows.figures(
            BENCHMARK,
            Rows.trials(
                BENCHMARK,
                pair("code", -3, 2, 1),
                pair("code", -1, 1, 2),
                pair("code", 1, 1, 2),
                pair("stem", 2, 2, 1),
                pair("stem", 2, 1, 1)));

    assertThat(figures.byName())
        .containsEntry("code", 2 / 3.0)
        .containsEntry("stem", 0.0)
        .containsEntry("overall", 0.4);
  }

  @Test
  void aPairOfWhichNeitherIsPreferredIsNoTask() {
    assertThat(BENCHMARK.isDecided(Rows.row(pair("code", 0, 1, 2)))).isFalse();
    assertThat(BENCHMARK.isDecided(Rows.row(pair("code", 0.0, 1, 2)))).isFalse();
    assertThat(BENCHMARK.isDecided(Rows.row(pair("code", -1, 1, 2)))).isTrue();
  }

  @Test
  void refusesRowsThatSayNothingOrSomethingElse() {
    refused(
        "{'domain': 'code'}",
        "overall_preference: expected a number from -3 to 3, found no such field");
    refused(
        pair("code", -4, 1, 2), "overall_preference: expected a number from -3 to 3, found -4.0");
    refused(pair("code\\u001b[2J", 1, 1, 2), "domain: expected a name, found another text");
    assertThat(BENCHMARK.stratum(Rows.row("{'overall_preference': 1}"))).isEqualTo("all");
  }

  private static void refused(String json, String message) {
    assertThatThrownBy(() -> BENCHMARK.stratum(Rows.row(json)))
        .isInstanceOf(RowProblem.class)
        .hasMessage(message);
  }
}
