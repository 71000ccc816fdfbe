package io.touchstone.cli.job;

import io.touchstone.cli.call.Settings;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.problem.Refused;
import java.nio.file.Path;

/** From the settings of a job to what opens its generator; where the engine is wired in. */
@FunctionalInterface
public interface GeneratorSource {

  /**
   * Opens no model, but refuses what cannot be one.
   *
   * @throws Refused if the folder is refused, or what is asked contradicts itself
   * @throws IllegalArgumentException if a setting does not fit the model
   */
  GeneratorFactory of(Path model, SamplingAsk sampling, Settings settings);
}
