package io.touchstone.generation.sampling;

import io.touchstone.generation.Logits;

/** Logits that count how often they were copied. */
final class GivenLogits implements Logits {
  private final float[] logits;
  int copies;

  GivenLogits(float... logits) {
    this.logits = logits;
  }

  @Override
  public int argmax() {
    int best = 0;
    for (int id = 1; id < logits.length; id++) {
      best = logits[id] > logits[best] ? id : best;
    }
    return best;
  }

  @Override
  public float at(int id) {
    return logits[id];
  }

  @Override
  public double logSumExp() {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum);
  }

  @Override
  public float[] all() {
    copies++;
    return logits.clone();
  }
}
