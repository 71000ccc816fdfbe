package io.touchstone.cli.job;

import io.touchstone.checkpoint.RewardScale;
import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.settings.GenerateSettings;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.cli.settings.ToolsFile;
import io.touchstone.engine.EngineGeneratorFactory;
import io.touchstone.engine.GenerationEngineConfig;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.generation.prompt.SpelledTokens;
import io.touchstone.generation.prompt.Thinking;
import io.touchstone.generation.sampling.SamplingAsk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The engine's generators. */
public final class EngineGenerators implements GeneratorSource {

  @Override
  public GeneratorFactory of(Path model, SamplingAsk sampling, Settings settings) {
    return EngineGeneratorFactory.of(config(model, sampling, settings));
  }

  public static GenerationEngineConfig config(Path model, SamplingAsk sampling, Settings settings) {
    Arithmetic arithmetic = Arithmetic.of(settings);
    return new GenerationEngineConfig(
        model,
        EngineScorers.reading(settings, RewardScale.RAW)
            .with(settings.get(GenerateSettings.MAMBA_DT)),
        sampling,
        new GenerationEngineConfig.Prompting(
            thinking(settings.get(GenerateSettings.THINKING)),
            settings.get(GenerateSettings.TOOLS_FILE).map(ToolsFile::tools).orElse(List.of()),
            settings.get(GenerateSettings.SANITIZE)
                ? SpelledTokens.AS_TEXT
                : SpelledTokens.AS_TOKENS,
            settings.get(GenerateSettings.TEMPLATE_DATE)),
        new GenerationEngineConfig.Run(
            arithmetic.precision(),
            arithmetic.device(),
            new Resources(
                settings.get(RunSettings.THREADS).orElse(0),
                settings.get(GenerateSettings.MEMORY).map(DataSize::bytes).orElse(0L),
                settings.get(GenerateSettings.LOAD_TOKENS).orElse(0))));
  }

  private static Thinking thinking(Optional<Boolean> asked) {
    return asked.map(on -> on ? Thinking.ON : Thinking.OFF).orElse(Thinking.UNSET);
  }
}
