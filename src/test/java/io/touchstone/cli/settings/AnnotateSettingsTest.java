package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Installation;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Precedence;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.job.EngineScorers;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.engine.EngineConfig;
import io.touchstone.engine.Precision;
import io.touchstone.engine.PromptChoice;
import io.touchstone.files.Compression;
import io.touchstone.problem.Problems;
import io.touchstone.reward.LabelStyle;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class AnnotateSettingsTest {

  @Test
  void everyDefaultIsPinned() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    for (Setting<?> setting : AnnotateSettings.ALL) {
      defaults.put(
          setting.key() + " " + setting.flag(), setting.reader().apply(setting.fallback()));
    }

    Map<String, Object> expected = new HashMap<>();
    expected.put("input.format --format", Optional.empty());
    expected.put("input.turns --turns", ScoredTurns.LAST);
    expected.put("input.max-line-bytes --max-line-bytes", new DataSize(67_108_864));
    expected.put("input.piece-bytes --piece-bytes", new DataSize(33_554_432));
    expected.put("output.format --output-format", OutputFormat.JSONL);
    expected.put("output.labels --labels", LabelStyle.FLOAT);
    expected.put("output.calibration --calibration", Optional.empty());
    expected.put("output.field --field", Optional.empty());
    expected.put("output.scalar --scalar", Optional.empty());
    expected.put("output.compress --compress", Compression.NONE);
    expected.put("output.max-rejected --max-rejected", new RejectionLimit.Unlimited());
    expected.put("model.path --model", "demo");
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
    expected.put("estimate.device-model --device-model", Optional.empty());
    assertThat(defaults).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void theEngineHasTheSameDefaults() {
    EngineConfig defaults = EngineConfig.defaults(Path.of("m"));

    assertThat(EngineScorers.config(Path.of("m"), defaults())).isEqualTo(defaults);
  }

  @Test
  void theJobsFileSaysWhatIsBuiltIn() {
    Problems problems = new Problems();
    Layer file = ConfFile.read(Path.of("conf/annotate.conf"), "conf/annotate.conf", problems);

    assertThat(problems.found()).isEmpty();
    Map<String, String> builtIn = new HashMap<>();
    AnnotateSettings.ALL.forEach(setting -> builtIn.put(setting.key(), setting.fallback()));
    Map<String, String> written = new HashMap<>();
    file.entries().forEach((key, entry) -> written.put(key, entry.text()));
    assertThat(written).isEqualTo(builtIn);
  }

  private static Settings defaults() {
    return new Precedence(AnnotateSettings.ALL, new Problems())
        .resolve(
            new Precedence.Sources(
                new Layer(Map.of()), List.of(), new Installation(Optional.empty()), "annotate"),
            Optional.of(ModelSettings.MODEL));
  }
}
