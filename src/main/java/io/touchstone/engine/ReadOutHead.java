package io.touchstone.engine;

/**
 * The final norm and the rows of the head that are read, over read-out states.
 *
 * <p>In double precision and in one fixed order: a dot product's last bits must not depend on how
 * many read-outs a load happens to have, and a few thousand of them cost nothing.
 */
final class ReadOutHead {
  private final double[][] rows;
  private final double eps;

  /**
   * @param norm the final norm's weights, [hidden]
   * @param head the rows that are read, [outputs][hidden]
   */
  ReadOutHead(float[] norm, float[][] head, double eps) {
    this.eps = eps;
    rows = new double[head.length][norm.length];
    for (int k = 0; k < head.length; k++) {
      for (int i = 0; i < norm.length; i++) {
        rows[k][i] = (double) norm[i] * head[k][i];
      }
    }
  }

  int outputs() {
    return rows.length;
  }

  /**
   * The values of one read-out.
   *
   * @param states last hidden states, before the final norm
   * @param offset index in {@code states} of the read-out's first value
   */
  float[] read(float[] states, int offset) {
    int hidden = rows[0].length;
    double squares = 0;
    for (int i = 0; i < hidden; i++) {
      double x = states[offset + i];
      squares += x * x;
    }
    double scale = 1 / Math.sqrt(squares / hidden + eps);
    float[] values = new float[rows.length];
    for (int k = 0; k < rows.length; k++) {
      double sum = 0;
      for (int i = 0; i < hidden; i++) {
        sum += rows[k][i] * states[offset + i];
      }
      values[k] = (float) (sum * scale);
    }
    return values;
  }
}
