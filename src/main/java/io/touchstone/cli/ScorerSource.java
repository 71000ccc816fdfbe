package io.touchstone.cli;

import io.touchstone.scoring.ScorerFactory;
import java.nio.file.Path;

/** From the settings of a job to what opens its model; where the engine is wired in. */
@FunctionalInterface
interface ScorerSource {

  /**
   * @throws CallException if the model folder or a setting about it is refused
   */
  ScorerFactory of(Path model, Settings settings);
}
