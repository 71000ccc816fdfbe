package io.touchstone.cli.job;

import io.touchstone.checkpoint.RewardScale;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.settings.AskSettings;
import io.touchstone.cli.settings.JudgeFile;
import io.touchstone.cli.settings.JudgeSettings;
import io.touchstone.cli.settings.ModelSettings;
import io.touchstone.engine.EngineGeneratorFactory;
import io.touchstone.engine.GenerationEngineConfig;
import io.touchstone.engine.JudgementAsk;
import io.touchstone.generation.judge.Judge;
import io.touchstone.generation.judge.JudgeScorerFactory;
import io.touchstone.generation.judge.JudgeWords;
import io.touchstone.generation.prompt.SpelledTokens;
import io.touchstone.generation.prompt.Thinking;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ScorerFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The engine's generators, as judges. */
final class EngineJudges {

  private EngineJudges() {}

  /**
   * @throws Refused with every problem of the folder, and of what was asked of it
   */
  static ScorerFactory of(Path model, JudgeFile file, Settings settings) {
    EngineGeneratorFactory generators;
    try {
      generators = EngineGeneratorFactory.of(config(model, file.judgement(), settings));
    } catch (Refused e) {
      throw new Refused(e.problems().stream().map(JudgeWords::of).toList());
    }
    Judge judge =
        Judge.of(
            file.recipe(),
            AskSettings.principles(settings),
            generators.judgement().orElseThrow(),
            new Judge.Words(file.judgement().wanted(), file.judgement().unwanted()),
            settings.get(JudgeSettings.MISSING).stream().boxed().findFirst().orElse(null));
    return new JudgeScorerFactory(generators, judge, generators.maxNewTokens());
  }

  private static GenerationEngineConfig config(
      Path model, JudgementAsk judgement, Settings settings) {
    Arithmetic arithmetic = Arithmetic.of(settings);
    return new GenerationEngineConfig(
        model,
        EngineScorers.reading(settings, RewardScale.RAW),
        JudgeSettings.sampling(settings),
        // As the model thinks by itself: a judge's thought is what it is read for.
        new GenerationEngineConfig.Prompting(
            Thinking.UNSET,
            List.of(),
            SpelledTokens.AS_TOKENS,
            settings.get(ModelSettings.TEMPLATE_DATE)),
        Optional.of(judgement),
        new GenerationEngineConfig.Run(
            arithmetic.precision(), arithmetic.device(), EngineScorers.resources(settings)));
  }
}
