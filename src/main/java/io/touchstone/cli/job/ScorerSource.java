package io.touchstone.cli.job;

import io.touchstone.cli.call.Settings;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ScorerFactory;
import java.nio.file.Path;

/** From the settings of a job to what opens its model; where the engine is wired in. */
@FunctionalInterface
public interface ScorerSource {

  /**
   * Opens no model, but refuses what cannot be one.
   *
   * @throws Refused if the folder is refused
   * @throws IllegalArgumentException if a setting does not fit the model
   */
  ScorerFactory of(Path model, Settings settings);
}
