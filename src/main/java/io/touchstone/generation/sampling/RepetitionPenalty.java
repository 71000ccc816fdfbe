package io.touchstone.generation.sampling;

import java.util.BitSet;

/**
 * Makes tokens that occurred in prompt or answer less likely, each once however often it occurred:
 * a logit below 0 is multiplied, another divided.
 */
final class RepetitionPenalty implements LogitRule {
  private final float penalty;
  private final BitSet occurred = new BitSet();
  private int seen;

  RepetitionPenalty(float penalty) {
    this.penalty = penalty;
  }

  @Override
  public void apply(float[] logits, History history) {
    for (; seen < history.length(); seen++) {
      occurred.set(history.id(seen));
    }
    for (int id = occurred.nextSetBit(0);
        id >= 0 && id < logits.length;
        id = occurred.nextSetBit(id + 1)) {
      logits[id] = logits[id] < 0 ? logits[id] * penalty : logits[id] / penalty;
    }
  }
}
