package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.Program;
import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Setting;
import io.touchstone.engine.Precision;
import io.touchstone.engine.PromptChoice;
import io.touchstone.files.Compression;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of select and filter meets before Spark starts. */
final class ChoiceSettingsTest {

  @TempDir Path folder;

  private final Program program = Program.installed();

  private static Map<String, Object> defaults(List<Setting<?>> settings) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    for (Setting<?> setting : settings) {
      defaults.put(
          setting.key() + " " + setting.flag(), setting.reader().apply(setting.fallback()));
    }
    return defaults;
  }

  @Test
  void everyDefaultOfSelectIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("input.max-line-bytes --max-line-bytes", new DataSize(67_108_864));
    expected.put("input.piece-bytes --piece-bytes", new DataSize(33_554_432));
    expected.put("choice.top --top", 1);
    expected.put("choice.by --by", Optional.empty());
    expected.put("choice.scalar --scalar", Optional.empty());
    expected.put("choice.pairs --pairs", Optional.empty());
    expected.put("choice.margin --margin", 0.0);
    expected.put("choice.pairs-per-prompt --pairs-per-prompt", OptionalInt.empty());
    expected.put("output.compress --compress", Compression.NONE);
    expected.put("output.max-rejected --max-rejected", new RejectionLimit.Unlimited());
    expected.put("model.path --model", Optional.empty());
    expected.put("model.prompt --prompt", PromptChoice.CHAT);
    expected.put("model.template-date --template-date", LocalDate.of(2024, 7, 26));
    expected.put("model.attributes --attributes", List.of());
    expected.put("model.reward-token --reward-token", 0);
    expected.put("model.max-tokens --max-tokens", OptionalInt.empty());
    expected.put("model.precision --precision", Precision.FP32);
    expected.put("scorer.device --device", new DeviceChoice.Auto());
    expected.put("scorer.ledger --ledger", Optional.empty());
    expected.put("scorer.memory --memory", Optional.empty());
    expected.put("scorer.load-tokens --load-tokens", OptionalInt.empty());
    expected.put("scorer.threads --threads", OptionalInt.empty());
    expected.put("scorer.row-timeout --row-timeout", OptionalInt.empty());
    expected.put("cluster.wait-for-executors --wait-for-executors", 300);
    assertThat(defaults(SelectSettings.ALL)).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void everyDefaultOfFilterIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("input.format --format", Optional.empty());
    expected.put("input.max-line-bytes --max-line-bytes", new DataSize(67_108_864));
    expected.put("input.piece-bytes --piece-bytes", new DataSize(33_554_432));
    expected.put("choice.by --by", Optional.empty());
    expected.put("choice.min --min", Optional.empty());
    expected.put("choice.max --max", Optional.empty());
    expected.put("choice.where --where", Optional.empty());
    expected.put("choice.scalar --scalar", Optional.empty());
    expected.put("choice.dedup --dedup", false);
    expected.put("choice.top --top", Optional.empty());
    expected.put("choice.top-fraction --top-fraction", Optional.empty());
    expected.put("output.rank --rank", false);
    expected.put("output.compress --compress", Compression.NONE);
    expected.put("output.max-rejected --max-rejected", new RejectionLimit.Unlimited());
    expected.put("run.threads --threads", OptionalInt.empty());
    assertThat(defaults(FilterSettings.ALL)).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void theJobsFilesSayWhatIsBuiltIn() {
    Map<String, List<Setting<?>>> jobs =
        Map.of("select", SelectSettings.ALL, "filter", FilterSettings.ALL);
    jobs.forEach(
        (job, settings) -> {
          Problems problems = new Problems();
          String name = "conf/" + job + ".conf";
          Layer file = ConfFile.read(Path.of(name), name, problems);
          assertThat(problems.found()).isEmpty();
          Map<String, String> builtIn = new HashMap<>();
          settings.forEach(setting -> builtIn.put(setting.key(), setting.fallback()));
          Map<String, String> written = new HashMap<>();
          file.entries().forEach((key, entry) -> written.put(key, entry.text()));
          assertThat(written).as(name).isEqualTo(builtIn);
        });
  }

  @Test
  void helpNamesEveryFlagAndExitStatusAndGivesExamples() {
    Map<String, List<Setting<?>>> jobs =
        Map.of("select", SelectSettings.ALL, "filter", FilterSettings.ALL);
    jobs.forEach(
        (job, settings) -> {
          assertThat(program.run(job, "--help")).isEqualTo(ExitStatus.DONE);
          String help = program.out();
          settings.forEach(setting -> assertThat(help).contains("  " + setting.flag()));
          for (ExitStatus status : EnumSet.complementOf(EnumSet.of(ExitStatus.DRIFTED))) {
            assertThat(help).contains("  " + status.code() + "  " + status.meaning());
          }
          assertThat(help).startsWith("Usage: jobs/" + job + " INPUT... ").contains("Examples:\n");
          assertThat(help.lines())
              .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        });
  }

  @Test
  void everyProblemOfASelectCallIsReportedAtOnce() {
    assertThat(
            program.run(
                "select",
                "in",
                "--output",
                "o",
                "--pairs=worst",
                "--margin",
                "-1",
                "--top",
                "0",
                "--by",
                "mean-rank(a)",
                "--scalar",
                "0.65*helpfulness+",
                "--pairs-per-prompt",
                "x"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err().lines().skip(1))
        .containsExactlyInAnyOrder(
            "  --pairs: expected best-worst or best-each or all, found 'worst'",
            "  --margin: expected a number from 0, found '-1'",
            "  --top: expected a whole number from 1, found '0'",
            "  --by: expected two different fields or more in mean-rank(...), found"
                + " 'mean-rank(a)'",
            "  --scalar: expected a number, a field name or '(' at character 18, found the end",
            "  --pairs-per-prompt: expected a whole number from 1, or all, found 'x'");
  }

  @Test
  void flagsThatContradictEachOtherAreRefused() {
    assertThat(program.run("select", "in", "--output", "o", "--pairs", "--top", "2"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).contains("  --top: expected it without --pairs, found both\n");
    assertThat(
            program.run(
                "select", "in", "--output", "o", "--margin", "2", "--pairs-per-prompt", "1"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("  --margin: expected --pairs beside it, found none\n")
        .contains("  --pairs-per-prompt: expected --pairs beside it, found none\n");
  }

  @Test
  void everyProblemOfAFilterCallIsReportedAtOnce() {
    assertThat(
            program.run(
                "filter",
                "--kept",
                "k",
                "--min",
                "low",
                "--max",
                "1e999",
                "--top-fraction",
                "1.5",
                "--top",
                "-1",
                "--where",
                "helpfulness => 3",
                "--by",
                "max(a)"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err().lines().skip(1))
        .containsExactlyInAnyOrder(
            "  INPUT: expected a file, folder or glob, found nothing",
            "  --dropped: expected DIR, found nothing",
            "  --min: expected a number, found 'low'",
            "  --max: expected a number, found '1e999'",
            "  --top-fraction: expected a number from 0 to 1, such as 0.2, found '1.5'",
            "  --top: expected a whole number from 0, found '-1'",
            "  --where: expected a number, a field name or '(' at character 14, found '>'",
            "  --by: expected a field's name, found 'max(a)'");
  }

  @Test
  void aFilterThatWouldFilterNothingIsRefused() {
    assertThat(program.run("filter", "in", "--kept", "k", "--dropped", "d"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "filter: expected one of --min --max --where --dedup --top --top-fraction --rank"
                + " --scalar, found none");
  }

  @Test
  void aScalarOfAttributesThatTheModelHasNotIsRefusedBeforeAnythingIsScored() throws IOException {
    Path input =
        Files.writeString(
            folder.resolve("in.jsonl"), "{\"prompt\": \"p\", \"responses\": [\"a\"]}\n");
    assertThat(
            program.run(
                "select",
                input.toString(),
                "--output",
                folder.resolve("out").toString(),
                "--model",
                "demo",
                "--scalar",
                "rewards + humor",
                "--by",
                "verbosity"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone select: 2 problems:
              --scalar: expected a name that the model's rewards have (rewards), found humor
              --by: expected a name that the model's rewards have (rewards, scalar), found verbosity
            """);
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
