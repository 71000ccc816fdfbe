package io.touchstone.engine;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.Normalization;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.engine.weights.StoredWeights;
import java.util.Arrays;
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
    /** Of what is left when their mean is taken off them. */
    ROOT_VARIANCE,
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
    if (config.norms().kind() == Norms.Kind.LAYER) {
      float[][] tokens =
          read.less().isPresent()
              ? new float[][] {rows[0], stored.rows(read.tensor(), read.less().get().row(), 1)[0]}
              : rows;
      return ofLayerNorm(norm, tokens, bias, config.norms().eps(), read);
    }
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

  /**
   * Over last hidden states, with a layer norm in front.
   *
   * @param norm its weights, and behind them its biases, [2 * hidden]
   * @param head the rows that are read, [outputs][hidden], or those of the token and of the one
   *     that is taken off it
   * @param bias one per output, or none
   */
  static ReadOutHead ofLayerNorm(
      float[] norm, float[][] head, float[] bias, double eps, HeadParts read) {
    int hidden = norm.length / 2;
    float[] added = new float[head.length];
    for (int k = 0; k < head.length; k++) {
      double sum = bias.length == 0 ? 0 : bias[k];
      for (int i = 0; i < hidden; i++) {
        sum += (double) norm[hidden + i] * head[k][i];
      }
      added[k] = (float) sum;
    }
    Optional<HeadParts.Less> less = read.less();
    return new ReadOutHead(
        multiplied(Arrays.copyOf(norm, hidden), head),
        added,
        Norm.ROOT_VARIANCE,
        eps,
        read.normalization(),
        less.map(HeadParts.Less::scale).orElse(AnswerScale.DIFFERENCE),
        less.isPresent() ? read.logits().or(() -> Optional.of(Factors.NONE)) : read.logits());
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
    double mean = norm == Norm.ROOT_VARIANCE ? mean(states, offset) : 0;
    double factor = norm == Norm.NONE ? 1 : 1 / rootMeanSquare(states, offset, mean);
    float[] values = new float[outputs()];
    for (int k = 0; k < values.length; k++) {
      double product = product(k, states, offset, mean) * factor + bias[k];
      double value =
          logits
              .map(by -> by.logit(product) - taken(by, states, offset, mean, factor))
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
  private double taken(Factors by, float[] states, int offset, double mean, double factor) {
    return rows.length == 1 ? 0 : by.logit(product(1, states, offset, mean) * factor + bias[1]);
  }

  private double product(int row, float[] states, int offset, double mean) {
    double sum = 0;
    for (int i = 0; i < width(); i++) {
      sum += rows[row][i] * (states[offset + i] - mean);
    }
    return sum;
  }

  private double rootMeanSquare(float[] states, int offset, double mean) {
    double squares = 0;
    for (int i = 0; i < width(); i++) {
      double x = states[offset + i] - mean;
      squares += x * x;
    }
    return Math.sqrt(squares / width() + eps);
  }

  private double mean(float[] states, int offset) {
    double sum = 0;
    for (int i = 0; i < width(); i++) {
      sum += states[offset + i];
    }
    return sum / width();
  }
}
