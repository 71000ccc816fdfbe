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
  private final double[] bias;
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
      double[][] rows,
      double[] bias,
      Norm norm,
      double eps,
      Optional<Normalization> scale,
      AnswerScale answers,
      Optional<Factors> logits) {
    this.answers = answers;
    this.logits = logits;
    this.rows = rows;
    this.bias = bias.length == 0 ? new double[rows.length] : bias;
    this.norm = norm;
    this.eps = eps;
    this.scale = scale.orElse(new Normalization(0, 1));
  }

  /** Over last hidden states, or over what the layer in front of it computed. */
  static ReadOutHead of(HeadParts read, StoredWeights stored, DecoderConfig config) {
    double[][] rows = wide(stored.rows(read.tensor(), read.firstRow(), read.rows()));
    double[] all = read.bias().map(stored::vector).map(ReadOutHead::wide).orElse(new double[0]);
    double[] bias =
        all.length == 0
            ? all
            : Arrays.copyOfRange(all, read.firstRow(), read.firstRow() + read.rows());
    if (read.less().isPresent() && read.logits().isPresent()) {
      rows =
          new double[][] {rows[0], wide(stored.rows(read.tensor(), read.less().getAsInt(), 1))[0]};
    } else if (read.less().isPresent()) {
      int less = read.less().getAsInt();
      double[] unwanted = wide(stored.rows(read.tensor(), less, 1))[0];
      for (int k = 0; k < rows.length; k++) {
        rows[k] = less(rows[k], unwanted);
        if (bias.length > 0) {
          bias[k] -= all[less];
        }
      }
    }
    if (!read.inner().isEmpty()) {
      return overInner(rows, bias, read);
    }
    return overStates(norm(stored, config), config.norms(), rows, bias, read);
  }

  /**
   * Over what an {@link InnerHead} computed.
   *
   * @param rows [outputs][inner]
   * @param bias one per output, or none
   */
  static ReadOutHead overInner(double[][] rows, double[] bias, HeadParts read) {
    return new ReadOutHead(
        rows, bias, Norm.NONE, 0, read.normalization(), read.scale(), Optional.empty());
  }

  /**
   * Over last hidden states, before the final norm.
   *
   * @param norm the final norm's weights, [hidden], or these and behind them its biases
   * @param rows [outputs][hidden]; a token's and the one that is taken off it, where logits are
   *     changed before
   * @param bias one per row, or none
   */
  static ReadOutHead overStates(
      float[] norm, Norms norms, double[][] rows, double[] bias, HeadParts read) {
    boolean layer = norms.kind() == Norms.Kind.LAYER;
    return new ReadOutHead(
        times(norm, rows),
        layer ? shifted(norm, rows, bias) : bias,
        layer ? Norm.ROOT_VARIANCE : Norm.ROOT_MEAN_SQUARE,
        norms.eps(),
        read.normalization(),
        read.scale(),
        read.logits());
  }

  /** Biases with what each row makes of those of a layer norm in front, [outputs]. */
  private static double[] shifted(float[] norm, double[][] rows, double[] bias) {
    double[] sums = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      int hidden = rows[k].length;
      sums[k] = bias.length == 0 ? 0 : bias[k];
      for (int i = 0; i < hidden; i++) {
        sums[k] += norm[hidden + i] * rows[k][i];
      }
    }
    return sums;
  }

  private static float[] norm(StoredWeights stored, DecoderConfig config) {
    return stored.normVector(config.names().finalNorm(), config.norms());
  }

  /** Over last hidden states, the objectives of a gated model. */
  static ReadOutHead of(HeadParts.Gated read, StoredWeights stored, DecoderConfig config) {
    return new ReadOutHead(
        times(norm(stored, config), wide(stored.rows(read.tensor(), 0, read.rows()))),
        new double[0],
        Norm.ROOT_MEAN_SQUARE,
        config.norms().eps(),
        Optional.empty(),
        AnswerScale.DIFFERENCE,
        Optional.empty());
  }

  private static double[][] times(float[] norm, double[][] rows) {
    double[][] products = new double[rows.length][rows[0].length];
    for (int k = 0; k < rows.length; k++) {
      for (int i = 0; i < rows[k].length; i++) {
        products[k][i] = norm[i] * rows[k][i];
      }
    }
    return products;
  }

  private static double[] less(double[] wanted, double[] unwanted) {
    double[] row = new double[wanted.length];
    Arrays.setAll(row, i -> wanted[i] - unwanted[i]);
    return row;
  }

  private static double[][] wide(float[][] rows) {
    return Arrays.stream(rows).map(ReadOutHead::wide).toArray(double[][]::new);
  }

  private static double[] wide(float[] row) {
    double[] wide = new double[row.length];
    Arrays.setAll(wide, i -> row[i]);
    return wide;
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
