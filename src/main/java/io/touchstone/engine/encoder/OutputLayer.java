package io.touchstone.engine.encoder;

import io.touchstone.checkpoint.encoder.EncoderHead;
import io.touchstone.engine.weights.StoredWeights;

/**
 * The last layer of a head over rows' states, and what becomes of its outputs; in double precision
 * and in one fixed order, so that bits do not depend on how many rows a load has.
 *
 * @param rows [outputs][hidden]
 * @param bias [outputs]
 */
record OutputLayer(float[][] rows, float[] bias, Outputs outputs) {

  /** What is given of the outputs. */
  enum Outputs {
    RAW,
    /** Their softmax: how likely each of labels is that exclude each other. */
    SOFTMAX,
    /** Each one's logistic. */
    LOGISTIC
  }

  static OutputLayer of(EncoderHead head, StoredWeights stored, OutputScale scale) {
    return new OutputLayer(
        stored.rows(head.output() + ".weight", 0, head.outputs()),
        stored.vector(head.output() + ".bias"),
        scale == OutputScale.RAW
            ? Outputs.RAW
            : head.problem() == EncoderHead.Problem.LABELS ? Outputs.LOGISTIC : Outputs.SOFTMAX);
  }

  /**
   * @param states of rows, [hidden] each
   * @param offset of the row's first number
   */
  float[] read(float[] states, int offset) {
    double[] values = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      double sum = bias[k];
      for (int i = 0; i < rows[k].length; i++) {
        sum += (double) rows[k][i] * states[offset + i];
      }
      values[k] = sum;
    }
    return switch (outputs) {
      case RAW -> floats(values);
      case SOFTMAX -> floats(softmax(values));
      case LOGISTIC -> floats(logistic(values));
    };
  }

  private static double[] softmax(double[] values) {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      most = Math.max(most, value);
    }
    double[] shares = new double[values.length];
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      shares[k] = Math.exp(values[k] - most);
      sum += shares[k];
    }
    for (int k = 0; k < values.length; k++) {
      shares[k] /= sum;
    }
    return shares;
  }

  private static double[] logistic(double[] values) {
    double[] shares = new double[values.length];
    for (int k = 0; k < values.length; k++) {
      shares[k] = 1 / (1 + Math.exp(-values[k]));
    }
    return shares;
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int k = 0; k < values.length; k++) {
      narrow[k] = (float) values[k];
    }
    return narrow;
  }
}
