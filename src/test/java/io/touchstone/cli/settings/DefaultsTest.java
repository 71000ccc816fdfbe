package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.checkpoint.MambaSteps;
import io.touchstone.cli.Program;
import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Setting;
import io.touchstone.conversation.format.FieldMap;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.engine.AnswerScale;
import io.touchstone.engine.PromptChoice;
import io.touchstone.engine.device.PrecisionChoice;
import io.touchstone.files.Compression;
import io.touchstone.problem.Problems;
import io.touchstone.reward.LabelStyle;
import io.touchstone.reward.StepAggregate;
import io.touchstone.scoring.prompt.OverLong;
import io.touchstone.selection.SelectedNames;
import io.touchstone.selection.calibration.Kind;
import io.touchstone.selection.calibration.LabelRange;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds where nobody says otherwise, and that files and help say so too. */
final class DefaultsTest {
  private static final Map<String, List<Setting<?>>> JOBS =
      Map.of(
          "annotate", AnnotateSettings.ALL,
          "select", SelectSettings.ALL,
          "filter", FilterSettings.ALL,
          "evaluate", EvaluateSettings.ALL,
          "calibrate", CalibrateSettings.ALL,
          "generate", GenerateSettings.ALL,
          "improve", ImproveSettings.ALL,
          "report", ReportSettings.ALL);

  private static final DataSize MAX_LINE_BYTES = new DataSize(67_108_864);
  private static final DataSize PIECE_BYTES = new DataSize(33_554_432);

  @Test
  void everyDefaultOfAnnotateIsPinned() {
    Map<String, Object> expected = new HashMap<>(ofScoring());
    expected.put("input.format --format", Optional.empty());
    expected.put("input.map --map", FieldMap.NONE);
    expected.put("input.text-field --text-field", Optional.empty());
    expected.put("input.turns --turns", ScoredTurns.LAST);
    expected.put("input.drop-columns --drop-columns", Collections.emptySortedSet());
    expected.put("input.max-line-bytes --max-line-bytes", MAX_LINE_BYTES);
    expected.put("input.piece-bytes --piece-bytes", PIECE_BYTES);
    expected.put("output.format --output-format", OutputFormat.JSONL);
    expected.put("output.labels --labels", LabelStyle.FLOAT);
    expected.put("output.calibration --calibration", Optional.empty());
    expected.put("output.field --field", Optional.empty());
    expected.put("output.scalar --scalar", Optional.empty());
    expected.put("output.compress --compress", Compression.NONE);
    expected.put("output.max-rejected --max-rejected", RejectionLimit.NONE);
    expected.put("output.metrics --metrics", Optional.empty());
    expected.put("model.path --model", "demo");
    expected.put("estimate.device-model --device-model", Optional.empty());
    assertDefaults("annotate", expected);
  }

  @Test
  void everyDefaultOfSelectIsPinned() {
    Map<String, Object> expected = new HashMap<>(ofScoring());
    expected.put("input.drop-columns --drop-columns", Collections.emptySortedSet());
    expected.put("output.format --output-format", OutputFormat.JSONL);
    expected.put("input.max-line-bytes --max-line-bytes", MAX_LINE_BYTES);
    expected.put("input.piece-bytes --piece-bytes", PIECE_BYTES);
    expected.put("choice.top --top", OptionalInt.empty());
    expected.put("choice.group-by --group-by", Optional.empty());
    expected.put("choice.collect --collect", List.of());
    expected.put("input.format --format", Optional.empty());
    expected.put("input.map --map", FieldMap.NONE);
    expected.put("choice.by --by", Optional.empty());
    expected.put("choice.scalar --scalar", Optional.empty());
    expected.put("choice.pairs --pairs", Optional.empty());
    expected.put("choice.margin --margin", BigDecimal.ZERO);
    expected.put("choice.pairs-per-prompt --pairs-per-prompt", OptionalInt.empty());
    expected.put("output.field --field", SelectedNames.OWN);
    expected.put("output.compress --compress", Compression.NONE);
    expected.put("output.max-rejected --max-rejected", RejectionLimit.NONE);
    expected.put("output.metrics --metrics", Optional.empty());
    expected.put("model.path --model", Optional.empty());
    assertDefaults("select", expected);
  }

  @Test
  void everyDefaultOfGenerateIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("model.base --base", Optional.empty());
    expected.put("input.format --format", Optional.empty());
    expected.put("input.map --map", FieldMap.NONE);
    expected.put("input.continue --continue", false);
    expected.put("input.id-field --id-field", Optional.empty());
    expected.put("input.system-column --no-system-column", true);
    expected.put("input.tools --no-tools", true);
    expected.put("input.drop-columns --drop-columns", Collections.emptySortedSet());
    expected.put("output.format --output-format", OutputFormat.JSONL);
    expected.put("input.max-line-bytes --max-line-bytes", MAX_LINE_BYTES);
    expected.put("input.piece-bytes --piece-bytes", PIECE_BYTES);
    expected.put("generation.max-new-tokens --max-new-tokens", OptionalInt.empty());
    expected.put("generation.samples --samples", OptionalInt.empty());
    expected.put("generation.greedy --greedy", false);
    expected.put("generation.first-greedy --first-greedy", false);
    expected.put("recipe.file --recipe", Optional.empty());
    expected.put("recipe.into --into", Optional.empty());
    expected.put("recipe.best-by --best-by", "rewards");
    expected.put("recipe.feedback-from --feedback-from", "feedback");
    expected.put("recipe.edit-without-feedback --edit-without-feedback", false);
    expected.put("recipe.answers-from --answers-from", Optional.empty());
    expected.put("generation.temperature --temperature", OptionalDouble.empty());
    expected.put("generation.top-p --top-p", OptionalDouble.empty());
    expected.put("generation.top-k --top-k", OptionalInt.empty());
    expected.put("generation.min-p --min-p", OptionalDouble.empty());
    expected.put("generation.repetition-penalty --repetition-penalty", OptionalDouble.empty());
    expected.put("generation.seed --seed", 0);
    expected.put("generation.stop --stop", List.of());
    expected.put("output.compress --compress", Compression.NONE);
    expected.put("output.max-rejected --max-rejected", RejectionLimit.NONE);
    expected.put("output.metrics --metrics", Optional.empty());
    expected.put("model.path --model", Optional.empty());
    expected.put("model.chat-template --chat-template", Optional.empty());
    expected.put("model.thinking --thinking", Optional.empty());
    expected.put("model.tools-file --tools", Optional.empty());
    expected.put("model.sanitize --sanitize", false);
    expected.put("model.tokenizer --tokenizer", TokenizerChoice.TRANSFORMERS5);
    expected.put("model.template-date --template-date", LocalDate.of(2024, 7, 26));
    expected.put("model.mamba-dt --mamba-dt", MambaSteps.PUBLISHED);
    expected.put("model.precision --precision", PrecisionChoice.FP32);
    expected.put("endpoint.url --endpoint", Optional.empty());
    expected.put("endpoint.model --endpoint-model", Optional.empty());
    expected.put("endpoint.key-variable --endpoint-key-variable", Optional.empty());
    expected.put("endpoint.key-file --endpoint-key-file", Optional.empty());
    expected.put("endpoint.concurrency --endpoint-concurrency", 32);
    expected.put("endpoint.timeout --endpoint-timeout", 1800);
    expected.put("endpoint.retries --endpoint-retries", 12);
    expected.put("scorer.device --device", new DeviceChoice.Auto());
    expected.put("scorer.memory --memory", Optional.empty());
    expected.put("scorer.load-tokens --load-tokens", OptionalInt.empty());
    expected.put("scorer.threads --threads", OptionalInt.empty());
    expected.put("scorer.row-timeout --row-timeout", OptionalInt.empty());
    expected.put("cluster.wait-for-executors --wait-for-executors", 300);
    expected.put("estimate.device-model --device-model", Optional.empty());
    assertDefaults("generate", expected);
  }

  @Test
  void everyDefaultOfFilterIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("input.format --format", Optional.empty());
    expected.put("input.map --map", FieldMap.NONE);
    expected.put("input.drop-columns --drop-columns", Collections.emptySortedSet());
    expected.put("output.format --output-format", OutputFormat.JSONL);
    expected.put("input.max-line-bytes --max-line-bytes", MAX_LINE_BYTES);
    expected.put("input.piece-bytes --piece-bytes", PIECE_BYTES);
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
    expected.put("output.max-rejected --max-rejected", RejectionLimit.NONE);
    expected.put("output.metrics --metrics", Optional.empty());
    expected.put("run.threads --threads", OptionalInt.empty());
    assertDefaults("filter", expected);
  }

  @Test
  void everyDefaultOfEvaluateIsPinned() {
    Map<String, Object> expected = new HashMap<>(ofScoring());
    expected.put("benchmark.name --benchmark", Optional.empty());
    expected.put("benchmark.domain --domain", List.of());
    expected.put("benchmark.field --field", Optional.empty());
    expected.put("benchmark.attribute --attribute", Optional.empty());
    expected.put("benchmark.compare --compare", Optional.empty());
    expected.put("benchmark.seed --seed", 1);
    expected.put("input.max-line-bytes --max-line-bytes", MAX_LINE_BYTES);
    expected.put("input.piece-bytes --piece-bytes", PIECE_BYTES);
    expected.put("output.max-rejected --max-rejected", RejectionLimit.NONE);
    expected.put("output.metrics --metrics", Optional.empty());
    expected.put("model.path --model", Optional.empty());
    assertDefaults("evaluate", expected);
  }

  @Test
  void everyDefaultOfCalibrateIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("calibration.score --score", "reward");
    expected.put("calibration.label --label", Optional.empty());
    expected.put("calibration.label-range --label-range", LabelRange.OWN);
    expected.put("calibration.attributes --attributes", List.of());
    expected.put("calibration.kind --kind", Kind.ISOTONIC);
    expected.put("calibration.folds --folds", 5);
    expected.put("model.chat-template --chat-template", Optional.empty());
    expected.put("model.tokenizer --tokenizer", TokenizerChoice.TRANSFORMERS5);
    expected.put("calibration.seed --seed", 1);
    expected.put("input.max-line-bytes --max-line-bytes", MAX_LINE_BYTES);
    expected.put("output.max-rejected --max-rejected", RejectionLimit.NONE);
    expected.put("output.metrics --metrics", Optional.empty());
    expected.put("model.normalize-reward --normalize-reward", false);
    expected.put("model.base --base", Optional.empty());
    expected.put("model.path --model", Optional.empty());
    expected.put("model.chat-template --chat-template", Optional.empty());
    expected.put("model.tokenizer --tokenizer", TokenizerChoice.TRANSFORMERS5);
    assertDefaults("calibrate", expected);
  }

  @Test
  void everyDefaultOfReportIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("report.against --against", Optional.empty());
    expected.put("report.history --history", Optional.empty());
    expected.put("report.fields --fields", List.of());
    expected.put("report.max-drift --max-drift", Optional.empty());
    expected.put("report.extremes --extremes", 5);
    expected.put("report.show-text --show-text", false);
    expected.put("report.output --output", Optional.empty());
    expected.put("output.metrics --metrics", Optional.empty());
    expected.put("input.max-line-bytes --max-line-bytes", MAX_LINE_BYTES);
    assertDefaults("report", expected);
  }

  /** Of every job with which a model scores. */
  private static Map<String, Object> ofScoring() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("input.system-column --no-system-column", true);
    expected.put("input.tools --no-tools", true);
    expected.put("model.prompt --prompt", PromptChoice.CHAT);
    expected.put("model.chat-template --chat-template", Optional.empty());
    expected.put("model.tokenizer --tokenizer", TokenizerChoice.TRANSFORMERS5);
    expected.put("model.template-date --template-date", LocalDate.of(2024, 7, 26));
    expected.put("model.attributes --attributes", List.of());
    expected.put("model.reward-token --reward-token", 0);
    expected.put("model.ask --ask", Optional.empty());
    expected.put("model.principle --principle", List.of());
    expected.put("model.principles --principles", List.of());
    expected.put("model.answer-tokens --answer-tokens", Optional.empty());
    expected.put("model.as --as", AnswerScale.DIFFERENCE);
    expected.put("model.step-separator --step-separator", Optional.empty());
    expected.put("model.step-token --step-token", Optional.empty());
    expected.put("model.step-answers --step-answers", Optional.empty());
    expected.put("model.steps --steps", StepAggregate.MIN);
    expected.put("model.judge --judge", Optional.empty());
    expected.put("model.judge-tokens --judge-tokens", OptionalInt.empty());
    expected.put("model.votes --votes", 1);
    expected.put("model.missing-judgement --missing-judgement", OptionalDouble.empty());
    expected.put("model.rationale --rationale", false);
    expected.put("model.temperature --temperature", OptionalDouble.empty());
    expected.put("model.top-p --top-p", OptionalDouble.empty());
    expected.put("model.top-k --top-k", OptionalInt.empty());
    expected.put("model.min-p --min-p", OptionalDouble.empty());
    expected.put("model.judge-seed --judge-seed", 0);
    expected.put("model.encode --encode", Optional.empty());
    expected.put("model.over-long --over-long", OverLong.REJECT);
    expected.put("model.max-characters --max-characters", OptionalInt.empty());
    expected.put("model.normalize-reward --normalize-reward", false);
    expected.put("model.base --base", Optional.empty());
    expected.put("model.max-tokens --max-tokens", OptionalInt.empty());
    expected.put("model.precision --precision", PrecisionChoice.FP32);
    expected.put("scorer.device --device", new DeviceChoice.Auto());
    expected.put("scorer.ledger --ledger", Optional.empty());
    expected.put("scorer.memory --memory", Optional.empty());
    expected.put("scorer.load-tokens --load-tokens", OptionalInt.empty());
    expected.put("scorer.group-bytes --group-bytes", Optional.of(PIECE_BYTES));
    expected.put("scorer.threads --threads", OptionalInt.empty());
    expected.put("scorer.row-timeout --row-timeout", OptionalInt.empty());
    expected.put("cluster.wait-for-executors --wait-for-executors", 300);
    return expected;
  }

  @Test
  void everyDefaultOfImproveIsPinned() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("input.format --format", Optional.empty());
    expected.put("input.map --map", FieldMap.NONE);
    expected.put("improve.responses-from --responses-from", Optional.of("responses"));
    expected.put("improve.feedback-from --feedback-from", Optional.of("feedback"));
    expected.put("input.max-line-bytes --max-line-bytes", MAX_LINE_BYTES);
    expected.put("input.piece-bytes --piece-bytes", PIECE_BYTES);
    expected.put("improve.responses --responses", 8);
    expected.put("improve.response-tokens --response-tokens", OptionalInt.empty());
    expected.put("improve.feedbacks --feedbacks", 16);
    expected.put("improve.feedback-tokens --feedback-tokens", 128);
    expected.put("improve.edits --edits", 1);
    expected.put("improve.edit-tokens --edit-tokens", 4096);
    expected.put("improve.edit-without-feedback --edit-without-feedback", false);
    expected.put("improve.feedback-recipe --feedback-recipe", "conf/recipes/feedback.conf");
    expected.put("improve.edit-recipe --edit-recipe", "conf/recipes/edit.conf");
    expected.put("output.max-rejected --max-rejected", RejectionLimit.NONE);
    expected.put("improve.generate-model --generate-model", Optional.empty());
    expected.put("improve.feedback-model --feedback-model", Optional.empty());
    expected.put("improve.edit-model --edit-model", Optional.empty());
    expected.put("improve.select-model --select-model", Optional.empty());
    expected.put("scorer.device --device", new DeviceChoice.Auto());
    expected.put("scorer.memory --memory", Optional.empty());
    expected.put("scorer.threads --threads", OptionalInt.empty());
    expected.put("improve.stages --stages", Optional.empty());
    assertDefaults("improve", expected);
  }

  private static void assertDefaults(String job, Map<String, Object> expected) {
    Map<String, Object> defaults = new HashMap<>();
    for (Setting<?> setting : JOBS.get(job)) {
      defaults.put(
          setting.key() + " " + setting.flag(), setting.reader().apply(setting.fallback()));
    }
    assertThat(defaults).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "annotate",
        "generate",
        "improve",
        "select",
        "filter",
        "evaluate",
        "calibrate",
        "report"
      })
  void theJobsFileSaysWhatIsBuiltIn(String job) {
    Problems problems = new Problems();
    String name = "conf/" + job + ".conf";
    Layer file = ConfFile.read(Path.of(name), name, problems);
    assertThat(problems.found()).isEmpty();
    Map<String, String> builtIn = new HashMap<>();
    JOBS.get(job).forEach(setting -> builtIn.put(setting.key(), setting.fallback()));
    Map<String, String> written = new HashMap<>();
    file.entries().forEach((key, entry) -> written.put(key, entry.text()));
    assertThat(written).isEqualTo(builtIn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "annotate",
        "generate",
        "improve",
        "select",
        "filter",
        "evaluate",
        "calibrate",
        "report"
      })
  void helpNamesEveryFlagAndExitStatusAndGivesExamples(String job) {
    Program program = Program.installed();
    assertThat(program.run(job, "--help")).isEqualTo(ExitStatus.DONE);
    String help = program.out();
    JOBS.get(job).forEach(setting -> assertThat(help).contains("  " + setting.flag()));
    for (ExitStatus status : ExitStatus.values()) {
      String line = "  " + status.code() + "  " + status.meaning();
      boolean isOfReport = status == ExitStatus.DRIFTED;
      boolean isOfOthers = status == ExitStatus.TOO_MANY_REJECTED;
      assertThat(help.contains(line))
          .as(line)
          .isEqualTo(job.equals("report") ? !isOfOthers : !isOfReport);
    }
    assertThat(help).startsWith("Usage: jobs/" + job + " ").contains("Examples:\n");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }
}
