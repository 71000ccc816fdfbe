package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.device.Placing;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ScorerFactory;

/** Makes scorers of Hugging Face checkpoints, whatever their model is. */
public final class FolderScorers {
  private FolderScorers() {}

  /**
   * Reads all of the folder but its weights, which are only checked.
   *
   * @throws Refused with every problem of the folder, and of what was asked of it
   */
  public static ScorerFactory of(EngineConfig asked) {
    EngineConfig config = asked.with(Placing.settled(asked.device()));
    Checkpoint checkpoint = Checkpoint.open(config.model(), config.reading());
    return checkpoint.encoder().isPresent()
        ? EncoderScorerFactory.of(config, checkpoint)
        : EngineScorerFactory.of(config, checkpoint);
  }
}
