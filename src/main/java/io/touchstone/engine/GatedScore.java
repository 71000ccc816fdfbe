package io.touchstone.engine;

import io.touchstone.scoring.PlaceJoin;
import java.util.Arrays;
import java.util.List;

/**
 * From what a gated model's head reads to its score: a softmax of the gate's outputs at the first
 * place, over the temperature and times the scale, weighs the objectives at the second, turned by
 * the transform. In double precision and in one fixed order.
 *
 * @param transform [objectives][objectives], from which the objectives are multiplied
 * @param given what a prompt's values are
 */
record GatedScore(double temperature, double scale, float[][] transform, Given given)
    implements PlaceJoin {

  enum Given {
    SCORE,
    /** The score, and behind it the objectives as they are read. */
    ALL
  }

  /**
   * @param places the gate's outputs and the objectives, at two places
   */
  @Override
  public float[] score(List<float[]> places) {
    int count = transform.length;
    float[] gate = places.get(0);
    float[] objectives = Arrays.copyOfRange(places.get(1), count, 2 * count);
    double[] weights = weights(gate);
    double score = 0;
    for (int k = 0; k < count; k++) {
      double turned = 0;
      for (int j = 0; j < count; j++) {
        turned += (double) objectives[j] * transform[j][k];
      }
      score += weights[k] * turned;
    }
    if (given == Given.SCORE) {
      return new float[] {(float) score};
    }
    float[] all = new float[count + 1];
    all[0] = (float) score;
    System.arraycopy(objectives, 0, all, 1, count);
    return all;
  }

  private double[] weights(float[] gate) {
    double[] weights = new double[transform.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < weights.length; k++) {
      largest = Math.max(largest, gate[k]);
    }
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Math.exp((gate[k] - largest) / temperature);
      sum += weights[k];
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] *= scale / sum;
    }
    return weights;
  }
}
