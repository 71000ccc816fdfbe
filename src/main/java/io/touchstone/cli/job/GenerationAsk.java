package io.touchstone.cli.job;

import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.settings.SamplingSettings;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a call asks of answers, from wherever it says so. */
final class GenerationAsk {
  private static final List<Setting<?>> DRAWS =
      List.of(
          SamplingSettings.TEMPERATURE,
          SamplingSettings.TOP_P,
          SamplingSettings.TOP_K,
          SamplingSettings.MIN_P);

  private final Settings settings;

  private GenerationAsk(Settings settings) {
    this.settings = settings;
  }

  /**
   * Of settings that exclude each other the one holds that comes from the place that wins, as
   * {@code --greedy} does over a temperature of a file; where both come from one place both are
   * asked, for whoever refuses the pair.
   *
   * @throws Refused if nobody says how long an answer may be
   */
  static SamplingAsk of(Settings settings) {
    OptionalInt most = settings.get(SamplingSettings.MAX_NEW_TOKENS);
    if (most.isEmpty()) {
      throw Refused.because(
          Problem.at(SamplingSettings.MAX_NEW_TOKENS.flag())
              .expected(
                  "the most tokens that an answer may have, its thought among them: 512 is about a"
                      + " page, and models that think want 16384; there is no default, as the time"
                      + " and the memory of the job follow from it")
              .found("nothing"));
    }
    return new GenerationAsk(settings).ask(most);
  }

  private SamplingAsk ask(OptionalInt most) {
    boolean greedy = settings.get(SamplingSettings.GREEDY);
    boolean overruled =
        DRAWS.stream()
            .anyMatch(draw -> isSet(draw) && settings.isAbove(draw, SamplingSettings.GREEDY));
    boolean holds = greedy && !overruled;
    int seed = settings.get(SamplingSettings.SEED);
    return new SamplingAsk(
        holds,
        settings.get(SamplingSettings.FIRST_GREEDY),
        number(SamplingSettings.TEMPERATURE, holds),
        number(SamplingSettings.TOP_P, holds),
        drops(SamplingSettings.TOP_K, holds)
            ? OptionalInt.empty()
            : settings.get(SamplingSettings.TOP_K),
        number(SamplingSettings.MIN_P, holds),
        settings.get(SamplingSettings.REPETITION_PENALTY),
        seed == 0 ? OptionalLong.empty() : OptionalLong.of(seed),
        settings.get(SamplingSettings.SAMPLES),
        most,
        settings.get(SamplingSettings.STOP));
  }

  private OptionalDouble number(Setting<OptionalDouble> draw, boolean greedy) {
    return drops(draw, greedy) ? OptionalDouble.empty() : settings.get(draw);
  }

  private boolean drops(Setting<?> draw, boolean greedy) {
    return greedy && settings.isAbove(SamplingSettings.GREEDY, draw);
  }

  private boolean isSet(Setting<?> draw) {
    return settings.isChanged(draw);
  }
}
