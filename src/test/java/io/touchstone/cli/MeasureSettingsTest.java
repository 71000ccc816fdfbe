package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.job.EngineScorers;
import org.junit.jupiter.api.Test;

/** What the jobs that measure take and refuse: evaluate and calibrate. */
final class MeasureSettingsTest {
  private final Program program = Program.uninstalled(new EngineScorers());

  @Test
  void theProblemsOfAnEvaluateCallAreReportedAtOnce() {
    assertThat(
            program.run(
                "evaluate", "in", "--benchmark", "mt-bench", "--domain", "poetry", "--seed", "-1"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone evaluate: 4 problems:
              --output: expected DIR, found nothing
              --benchmark: expected rewardbench, m-rewardbench, rewardbench2, rm-bench, judgebench, helpsteer3, pairs, found 'mt-bench'
              --domain: expected auto, chat, math, code or safety, found 'poetry'
              --seed: expected a whole number from 0, found '-1'
            """);
  }

  @Test
  void aBenchmarkHasToBeNamed() {
    assertThat(program.run("evaluate", "in", "--output", "o")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone evaluate: 1 problem:
              --benchmark: expected rewardbench, m-rewardbench, rewardbench2, rm-bench, judgebench, helpsteer3, pairs, found nothing
            """);
  }

  @Test
  void theProblemsOfACalibrateCallAreReportedAtOnce() {
    assertThat(program.run("calibrate", "in", "--kind", "spline", "--folds", "1"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone calibrate: 3 problems:
              --output: expected FILE, found nothing
              --kind: expected isotonic or linear or quantile, found 'spline'
              --folds: expected 2 to 100, found '1'
            """);
  }
}
