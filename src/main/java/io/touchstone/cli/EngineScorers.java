package io.touchstone.cli;

import io.touchstone.scoring.ScorerFactory;
import java.nio.file.Path;
import java.util.List;

/** The engine's scorers. */
final class EngineScorers implements ScorerSource {
  @Override
  public ScorerFactory of(Path model, Settings settings) {
    throw new CallException(List.of("this build has no engine yet"));
  }
}
