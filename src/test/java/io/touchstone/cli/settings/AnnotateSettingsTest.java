package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.Installation;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Precedence;
import io.touchstone.cli.call.Secrets;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.job.EngineScorers;
import io.touchstone.engine.EngineConfig;
import io.touchstone.engine.device.Placing;
import io.touchstone.problem.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AnnotateSettingsTest {

  @Test
  void theEngineHasTheSameDefaults() {
    EngineConfig defaults = EngineConfig.defaults(Path.of("m"));

    EngineConfig ofCall = EngineScorers.config(Path.of("m"), defaults());
    assertThat(ofCall).usingRecursiveComparison().ignoringFields("device").isEqualTo(defaults);
    assertThat(ofCall.device()).isEqualTo(Placing.settled(defaults.device()));
  }

  private static Settings defaults() {
    JobSpec job =
        new JobSpec(
            "annotate",
            List.of(),
            AnnotateSettings.ALL,
            Optional.of(ModelFiles.reward(ModelSettings.MODEL)),
            Toggle.OF_ANY_JOB);
    return new Precedence(job, new Installation(Optional.empty()), new Problems(), new Secrets())
        .resolve(new JobCall(List.of(), Map.of(), List.of(), new Layer(Map.of()), Set.of()));
  }
}
