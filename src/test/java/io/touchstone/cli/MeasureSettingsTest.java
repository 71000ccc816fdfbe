package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.job.EngineScorers;
import io.touchstone.cli.settings.CalibrateSettings;
import io.touchstone.cli.settings.DeviceChoice;
import io.touchstone.cli.settings.EvaluateSettings;
import io.touchstone.cli.settings.RejectionLimit;
import io.touchstone.engine.Precision;
import io.touchstone.engine.PromptChoice;
import io.touchstone.problem.Problems;
import io.touchstone.selection.calibration.Kind;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the jobs that measure take and refuse: evaluate and calibrate. */
final class MeasureSettingsTest {
  private final Program program = Program.uninstalled(new EngineScorers());
  private static final Map<String, List<Setting<?>>> JOBS =
      Map.of("evaluate", EvaluateSettings.ALL, "calibrate", CalibrateSettings.ALL);

  private static Map<String, Object> defaults(List<Setting<?>> settings) {
    Map<String, Object> defaults = new HashMap<>();
    for (Setting<?> setting : settings) {
      defaults.put(
          setting.key() + " " + setting.flag(), setting.reader().apply(setting.fallback()));
    }
    return defaults;
  }

  @Test
  void everyDefaultOfEvaluateIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("benchmark.name --benchmark", Optional.empty());
    expected.put("benchmark.domain --domain", List.of());
    expected.put("benchmark.field --field", Optional.empty());
    expected.put("benchmark.attribute --attribute", Optional.empty());
    expected.put("benchmark.compare --compare", Optional.empty());
    expected.put("benchmark.seed --seed", 1);
    expected.put("input.max-line-bytes --max-line-bytes", new DataSize(67_108_864));
    expected.put("input.piece-bytes --piece-bytes", new DataSize(33_554_432));
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
    assertThat(defaults(EvaluateSettings.ALL)).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void everyDefaultOfCalibrateIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("calibration.score --score", "reward");
    expected.put("calibration.label --label", Optional.empty());
    expected.put("calibration.attributes --attributes", List.of());
    expected.put("calibration.kind --kind", Kind.ISOTONIC);
    expected.put("calibration.folds --folds", 5);
    expected.put("calibration.seed --seed", 1);
    expected.put("input.max-line-bytes --max-line-bytes", new DataSize(67_108_864));
    expected.put("output.max-rejected --max-rejected", new RejectionLimit.Unlimited());
    expected.put("model.path --model", Optional.empty());
    assertThat(defaults(CalibrateSettings.ALL)).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void theJobsFilesSayWhatIsBuiltIn() {
    JOBS.forEach(
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
    JOBS.forEach(
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
              --benchmark: expected rewardbench, rewardbench2, rm-bench, judgebench, pairs, found 'mt-bench'
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
              --benchmark: expected rewardbench, rewardbench2, rm-bench, judgebench, pairs, found nothing
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
