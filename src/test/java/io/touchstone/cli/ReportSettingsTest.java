package io.touchstone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ReportSettingsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void everyDefaultIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("report.against --against", "");
    expected.put("report.fields --fields", List.of());
    expected.put("report.max-drift --max-drift", OptionalDouble.empty());
    expected.put("report.extremes --extremes", 5);
    expected.put("report.show-text --show-text", false);
    expected.put("report.output --output", "");
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
    assertThat(run("report", "--help")).isEqualTo(ExitStatus.DONE);
    String help = out.toString(UTF_8);
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
            run(
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
    assertThat(err.toString(UTF_8))
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
    assertThat(run("report", "one", "--max-drift", "0.2")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(err.toString(UTF_8))
        .contains("--max-drift: expected --against to name an older result, found none");
    assertThat(run("report", "--quiet")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(err.toString(UTF_8)).contains("DIR: expected one folder, found nothing");
  }

  private ExitStatus run(String... args) {
    Surroundings around =
        new Surroundings(
            new Installation(Optional.empty()),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            OptionalInt.empty());
    return new Touchstone(new EngineScorers(), around).run(List.of(args));
  }
}
