package io.touchstone.spark;

import io.touchstone.scoring.PreparedRow;
import java.util.List;

/**
 * Loads that take long enough to die in the middle of one. A row alone takes no time: killed at
 * random, one and the same would else be met twice every hundredth run, and rightly rejected.
 */
record SlowLoads(long millis) implements InterposedScorers.Interposed {

  @Override
  public void beforeScoring(List<PreparedRow> load) {
    try {
      Thread.sleep(load.size() > 1 ? millis : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
