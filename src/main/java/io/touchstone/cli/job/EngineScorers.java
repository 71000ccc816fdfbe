package io.touchstone.cli.job;

import io.touchstone.checkpoint.ChatTemplateFile;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.JudgedBy;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.settings.AskSettings;
import io.touchstone.cli.settings.EncoderSettings;
import io.touchstone.cli.settings.JudgeSettings;
import io.touchstone.cli.settings.ModelSettings;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.cli.settings.StepSettings;
import io.touchstone.engine.EncoderWishes.RowKind;
import io.touchstone.engine.EngineConfig;
import io.touchstone.engine.FolderScorers;
import io.touchstone.engine.device.Resources;
import io.touchstone.scoring.ScorerFactory;
import java.nio.file.Path;

/** The engine's scorers. */
public final class EngineScorers implements ScorerSource {

  @Override
  public ScorerFactory of(Path model, Settings settings) {
    return settings
        .get(JudgeSettings.JUDGE)
        .map(judge -> EngineJudges.of(model, judge, settings))
        .orElseGet(() -> FolderScorers.of(config(model, settings)));
  }

  static Checkpoint.Reading reading(Settings settings) {
    return reading(
        settings,
        settings.get(ModelSettings.NORMALIZE_REWARD) ? RewardScale.NORMALIZED : RewardScale.RAW);
  }

  static Checkpoint.Reading reading(Settings settings, RewardScale scale) {
    return new Checkpoint.Reading(
            settings.get(ModelSettings.TOKENIZER),
            settings.get(ModelSettings.CHAT_TEMPLATE).map(ChatTemplateFile::source),
            scale)
        .with(settings.get(ModelSettings.BASE));
  }

  private static Checkpoint.Reading scored(Settings settings) {
    Checkpoint.Reading reading = reading(settings);
    return AskSettings.of(settings).isEmpty() ? reading : reading.with(JudgedBy.ANSWER);
  }

  public static EngineConfig config(Path model, Settings settings) {
    Arithmetic arithmetic = Arithmetic.of(settings);
    return new EngineConfig(
            model,
            scored(settings),
            settings.knowsModel() ? EngineConfig.Known.AS_REWARD_MODEL : EngineConfig.Known.NOT,
            settings.get(ModelSettings.PROMPT),
            settings.get(ModelSettings.REWARD_TOKEN),
            AskSettings.of(settings),
            settings.get(ModelSettings.ATTRIBUTES),
            settings.get(ModelSettings.MAX_TOKENS),
            settings.get(ModelSettings.TEMPLATE_DATE),
            arithmetic.precision(),
            arithmetic.device(),
            resources(settings))
        .with(StepSettings.of(settings))
        .with(EncoderSettings.of(settings, rows(settings)));
  }

  private static RowKind rows(Settings settings) {
    return settings.has(EncoderSettings.TEXT_FIELD)
            && settings.get(EncoderSettings.TEXT_FIELD).isPresent()
        ? RowKind.DOCUMENTS
        : RowKind.CONVERSATIONS;
  }

  static Resources resources(Settings settings) {
    return new Resources(
        settings.get(RunSettings.THREADS).orElse(0),
        settings.get(RunSettings.MEMORY).map(DataSize::bytes).orElse(0L),
        settings.get(RunSettings.LOAD_TOKENS).orElse(0));
  }
}
