package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.JudgedBy;
import io.touchstone.checkpoint.MambaSteps;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.prompt.SpelledTokens;
import io.touchstone.generation.prompt.Thinking;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a configuration executors need, fit to be shipped to them. */
final class GenerationRecipe implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TokenizerChoice tokenizer;
  private final @Nullable String chatTemplate;
  private final @Nullable String base;
  private final MambaSteps mambaSteps;
  private final Thinking thinking;
  private final ArrayList<@Nullable Object> tools;
  private final SpelledTokens spelled;
  private final LocalDate templateDate;
  private final Precision precision;
  private final DeviceRule device;
  private final Resources resources;

  private GenerationRecipe(GenerationEngineConfig config) {
    this.tokenizer = config.reading().tokenizer();
    this.chatTemplate = config.reading().chatTemplate().orElse(null);
    this.base = config.reading().base().map(Path::toString).orElse(null);
    this.mambaSteps = config.reading().mambaSteps();
    this.thinking = config.prompting().thinking();
    this.tools = new ArrayList<>(config.prompting().tools());
    this.spelled = config.prompting().spelled();
    this.templateDate = config.prompting().templateDate();
    this.precision = config.run().precision();
    this.device = config.run().device();
    this.resources = config.run().resources();
  }

  static GenerationRecipe of(GenerationEngineConfig config) {
    return new GenerationRecipe(config);
  }

  Checkpoint.Reading reading() {
    return new Checkpoint.Reading(tokenizer, Optional.ofNullable(chatTemplate), RewardScale.RAW)
        .with(Optional.ofNullable(base).map(Path::of))
        .with(mambaSteps)
        .with(JudgedBy.TEXT);
  }

  Thinking thinking() {
    return thinking;
  }

  List<@Nullable Object> tools() {
    return tools;
  }

  SpelledTokens spelled() {
    return spelled;
  }

  LocalDate templateDate() {
    return templateDate;
  }

  GenerationEngineConfig.Run run() {
    return new GenerationEngineConfig.Run(precision, device, resources);
  }
}
