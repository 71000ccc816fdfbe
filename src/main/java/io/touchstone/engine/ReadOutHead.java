package io.touchstone.engine;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.Normalization;
import io.touchstone.engine.weights.StoredWeights;
import java.util.Optional;

/**
 * The last layer of a head over read-outs, with the final norm in front of it unless another layer
 * has had that.
 *
 * <p>In double precision and in one fixed order: a dot product's last bits must not depend on how
 * many read-outs a load happens to have, and a few thousand of them cost nothing.
 */
final class ReadOutHead {
  private final double[][] rows;
  private final float[] bias;
  private final Norm norm;
  private final Normalization scale;
  private final AnswerScale answers;

  /**
   * What becomes of tokens' products, where two rows are read and the second taken off the first.
   */
  private final Optional<Factors> logits;

  /** What states are divided by. */
  private enum Norm {
    ROOT_MEAN_SQUARE,
    NONE
  }

  private final double eps;

  private ReadOutHead(
      double[][] rows, float[] bias, Norm norm, double eps, Optional<Normalization> scale) {
    this(rows, bias, norm, eps, scale, AnswerScale.DIFFERENCE, Optional.empty());
  }

  private ReadOutHead(
      double[][] rows,
      float[] bias,
      Norm norm,
      double eps,
      Optional<Normalization> scale,
      AnswerScale answers,
      Optional<Factors> logits) {
    this.answers = answers;
    this.logits = logits;
    this.rows = rows;
    this.bias = bias.length == 0 ? new float[rows.length] : bias;
    this.norm = norm;
    this.eps = eps;
    this.scale = scale.orElse(new Normalization(0, 1));
  }

  /** Over last hidden states, or over what the layer in front of it computed. */
  static ReadOutHead of(HeadParts read, StoredWeights stored, DecoderConfig config) {
    float[][] rows = stored.rows(read.tensor(), read.firstRow(), read.rows());
    float[] bias = read.bias().map(stored::vector).orElse(new float[0]);
    if (read.inner().isPresent()) {
      return ofInner(rows, bias, read.normalization());
    }
    float[] norm = stored.normVector(config.names().finalNorm(), config.norms());
    if (read.less().isPresent()) {
      HeadParts.Less less = read.less().get();
      float[] unwanted = stored.rows(read.tensor(), less.row(), 1)[0];
      return read.logits().isPresent()
          ? ofLogits(
              norm,
              new float[][] {rows[0], unwanted},
              config.norms().eps(),
              less.scale(),
              read.logits().get())
          : ofDifference(norm, rows[0], unwanted, config.norms().eps(), less.scale());
    }
    if (read.logits().isPresent()) {
      return ofLogits(
          norm, rows, config.norms().eps(), AnswerScale.DIFFERENCE, read.logits().get());
    }
    return ofStates(norm, rows, bias, config.norms().eps(), read.normalization());
  }

  /**
   * Over last hidden states, before the final norm.
   *
   * @param norm the final norm's weights, [hidden]
   * @param head the rows that are read, [outputs][hidden]
   * @param bias one per output, or none
   */
  static ReadOutHead ofStates(
      float[] norm, float[][] head, float[] bias, double eps, Optional<Normalization> scale) {
    return new ReadOutHead(multiplied(norm, head), bias, Norm.ROOT_MEAN_SQUARE, eps, scale);
  }

  private static double[][] multiplied(float[] norm, float[][] head) {
    double[][] rows = new double[head.length][norm.length];
    for (int k = 0; k < head.length; k++) {
      for (int i = 0; i < norm.length; i++) {
        rows[k][i] = (double) norm[i] * head[k][i];
      }
    }
    return rows;
  }

  /**
   * Over last hidden states: the difference of two rows' products, which is that of the rows.
   *
   * @param norm the final norm's weights, [hidden]
   * @param wanted the row whose product makes the value larger, [hidden]
   * @param unwanted the other one, [hidden]
   */
  static ReadOutHead ofDifference(
      float[] norm, float[] wanted, float[] unwanted, double eps, AnswerScale answers) {
    double[] row = new double[norm.length];
    for (int i = 0; i < norm.length; i++) {
      row[i] = (double) norm[i] * ((double) wanted[i] - unwanted[i]);
    }
    return new ReadOutHead(
        new double[][] {row},
        new float[0],
        Norm.ROOT_MEAN_SQUARE,
        eps,
        Optional.empty(),
        answers,
        Optional.empty());
  }

  /**
   * Over last hidden states: a token's logit that is not the product with its row alone, or such a
   * logit less another one.
   *
   * @param norm the final norm's weights, [hidden]
   * @param tokens one or two rows, [tokens][hidden]
   */
  static ReadOutHead ofLogits(
      float[] norm, float[][] tokens, double eps, AnswerScale answers, Factors logits) {
    return new ReadOutHead(
        multiplied(norm, tokens),
        new float[0],
        Norm.ROOT_MEAN_SQUARE,
        eps,
        Optional.empty(),
        answers,
        Optional.of(logits));
  }

  /** Over what an {@link InnerHead} computed. */
  static ReadOutHead ofInner(float[][] head, float[] bias, Optional<Normalization> scale) {
    double[][] rows = new double[head.length][head[0].length];
    for (int k = 0; k < head.length; k++) {
      for (int i = 0; i < head[k].length; i++) {
        rows[k][i] = head[k][i];
      }
    }
    return new ReadOutHead(rows, bias, Norm.NONE, 0, scale);
  }

  int outputs() {
    return logits.isPresent() ? 1 : rows.length;
  }

  /** Numbers of one read-out's state. */
  int width() {
    return rows[0].length;
  }

  /**
   * The values of one read-out.
   *
   * @param states of {@link #width} numbers each
   * @param offset index in {@code states} of the read-out's first value
   */
  float[] read(float[] states, int offset) {
    double factor = norm == Norm.NONE ? 1 : 1 / rootMeanSquare(states, offset);
    float[] values = new float[outputs()];
    for (int k = 0; k < values.length; k++) {
      double product = product(k, states, offset) * factor + bias[k];
      double value =
          logits
              .map(by -> by.logit(product) - taken(by, states, offset, factor))
              .orElse((product - scale.mean()) / scale.std());
      values[k] =
          (float)
              switch (answers) {
                case DIFFERENCE -> value;
                case PROBABILITY -> 1 / (1 + Math.exp(-value));
              };
    }
    return values;
  }

  /** The second token's logit, if there is one. */
  private double taken(Factors by, float[] states, int offset, double factor) {
    return rows.length == 1 ? 0 : by.logit(product(1, states, offset) * factor);
  }

  private double product(int row, float[] states, int offset) {
    double sum = 0;
    for (int i = 0; i < width(); i++) {
      sum += rows[row][i] * states[offset + i];
    }
    return sum;
  }

  private double rootMeanSquare(float[] states, int offset) {
    double squares = 0;
    for (int i = 0; i < width(); i++) {
      double x = states[offset + i];
      squares += x * x;
    }
    return Math.sqrt(squares / width() + eps);
  }
}
