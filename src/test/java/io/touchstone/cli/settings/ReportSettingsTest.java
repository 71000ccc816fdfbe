package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.Program;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.job.EngineScorers;
import org.junit.jupiter.api.Test;

final class ReportSettingsTest {
  private final Program program = Program.uninstalled(new EngineScorers());

  @Test
  void theProblemsOfACallAreReportedAtOnce() {
    assertThat(
            program.run(
                "report",
                "one",
                "two",
                "--max-drift",
                "-1",
                "--fields",
                "a,,b",
                "--extremes",
                "5000"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone report: 4 problems:
              DIR: expected one folder, found one two
              --fields: expected different names, separated by commas, or auto, found 'a,,b'
              --max-drift: expected a number from 0, chance or none, found '-1'
              --extremes: expected a whole number from 0 to 1000, found '5000'
            """);
  }

  @Test
  void aLimitNeedsSomethingToCompareWith() {
    assertThat(program.run("report", "one", "--max-drift", "0.2")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("--max-drift: expected --against to name an older result, found none");
    assertThat(program.run("report", "--quiet")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).contains("DIR: expected one folder, found nothing");
  }
}
