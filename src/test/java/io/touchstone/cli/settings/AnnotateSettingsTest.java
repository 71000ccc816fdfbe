package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.Installation;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Precedence;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.job.EngineScorers;
import io.touchstone.engine.EngineConfig;
import io.touchstone.problem.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnnotateSettingsTest {

  @Test
  void theEngineHasTheSameDefaults() {
    EngineConfig defaults = EngineConfig.defaults(Path.of("m"));

    assertThat(EngineScorers.config(Path.of("m"), defaults())).isEqualTo(defaults);
  }

  private static Settings defaults() {
    return new Precedence(AnnotateSettings.ALL, new Problems())
        .resolve(
            new Precedence.Sources(
                new Layer(Map.of()), List.of(), new Installation(Optional.empty()), "annotate"),
            Optional.of(ModelSettings.MODEL));
  }
}
