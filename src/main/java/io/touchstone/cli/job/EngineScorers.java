package io.touchstone.cli.job;

import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.engine.EngineConfig;
import io.touchstone.engine.EngineScorerFactory;
import io.touchstone.engine.Resources;
import io.touchstone.scoring.ScorerFactory;
import java.nio.file.Path;

/** The engine's scorers. */
public final class EngineScorers implements ScorerSource {

  @Override
  public ScorerFactory of(Path model, Settings settings) {
    return EngineScorerFactory.of(config(model, settings));
  }

  public static EngineConfig config(Path model, Settings settings) {
    return new EngineConfig(
        model,
        settings.get(AnnotateSettings.PROMPT),
        settings.get(AnnotateSettings.REWARD_TOKEN),
        settings.get(AnnotateSettings.ATTRIBUTES),
        settings.get(AnnotateSettings.MAX_TOKENS),
        settings.get(AnnotateSettings.TEMPLATE_DATE),
        settings.get(AnnotateSettings.PRECISION),
        ScheduledGpus.of(settings).rule(settings.get(AnnotateSettings.DEVICE)),
        new Resources(
            settings.get(AnnotateSettings.THREADS).orElse(0),
            settings.get(AnnotateSettings.MEMORY).map(DataSize::bytes).orElse(0L),
            settings.get(AnnotateSettings.LOAD_TOKENS).orElse(0)));
  }
}
