package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.Program;
import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.job.EngineScorers;
import io.touchstone.problem.Problems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ReportSettingsTest {
  private final Program program = Program.uninstalled(new EngineScorers());

  @Test
  void everyDefaultIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("report.against --against", Optional.empty());
    expected.put("report.fields --fields", List.of());
    expected.put("report.max-drift --max-drift", OptionalDouble.empty());
    expected.put("report.extremes --extremes", 5);
    expected.put("report.show-text --show-text", false);
    expected.put("report.output --output", Optional.empty());
    expected.put("input.max-line-bytes --max-line-bytes", new DataSize(67_108_864));
    Map<String, Object> found = new HashMap<>();
    for (Setting<?> setting : ReportSettings.ALL) {
      found.put(setting.key() + " " + setting.flag(), setting.reader().apply(setting.fallback()));
    }
    assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void theJobsFileSaysWhatIsBuiltIn() {
    Problems problems = new Problems();
    Layer file = ConfFile.read(Path.of("conf/report.conf"), "conf/report.conf", problems);
    assertThat(problems.found()).isEmpty();
    Map<String, String> builtIn = new HashMap<>();
    ReportSettings.ALL.forEach(setting -> builtIn.put(setting.key(), setting.fallback()));
    Map<String, String> written = new HashMap<>();
    file.entries().forEach((key, entry) -> written.put(key, entry.text()));
    assertThat(written).isEqualTo(builtIn);
  }

  @Test
  void helpNamesEveryFlagAndTheExitStatusesOfThisJob() {
    assertThat(program.run("report", "--help")).isEqualTo(ExitStatus.DONE);
    String help = program.out();
    assertThat(help)
        .startsWith("Usage: jobs/report DIR [FLAGS]")
        .contains("Examples:\n")
        .contains("  3  the scores drifted further than --max-drift allows")
        .doesNotContain("--max-rejected");
    ReportSettings.ALL.forEach(setting -> assertThat(help).contains("  " + setting.flag()));
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

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
              --max-drift: expected a number from 0, or none, found '-1'
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
