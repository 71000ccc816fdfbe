package io.touchstone.generation.sampling;

import io.touchstone.checkpoint.config.LogitRules.LengthDecay;
import java.util.List;

/** Makes the end more likely with each token beyond a length. */
record EndGrowth(LengthDecay decay, List<Integer> eosIds) implements LogitRule {

  @Override
  public void apply(float[] logits, History history) {
    int beyond = history.generated() - decay.start();
    if (beyond <= 0) {
      return;
    }
    float growth = (float) (Math.pow(decay.factor(), beyond) - 1);
    for (int id : eosIds) {
      if (id < logits.length && Float.isFinite(logits[id])) {
        logits[id] += Math.abs(logits[id]) * growth;
      }
    }
  }
}
