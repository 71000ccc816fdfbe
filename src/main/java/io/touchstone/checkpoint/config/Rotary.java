package io.touchstone.checkpoint.config;

import java.util.List;

/**
 * How positions turn into angles; all of {@code headDim} is rotated. As {@code modeling_rope_utils}
 * of transformers 5.23.0 has it.
 */
public sealed interface Rotary {
  /** The base of the frequencies. */
  double theta();

  /** What cosines and sines are multiplied by. */
  default double attentionFactor() {
    return 1;
  }

  /**
   * Which of its tables of angles a row has: where two rows have different ones, their tokens have
   * other states from the first on, and nothing of them is shared.
   *
   * @param tokens of the whole row
   * @return 0 for the table of short rows
   */
  default int stretch(int tokens) {
    return 0;
  }

  /** The most tokens of a row that has the table of short rows. */
  default int mostOfShortRows() {
    return Integer.MAX_VALUE;
  }

  /** Not at all: attention does not know of positions. */
  record None() implements Rotary {
    @Override
    public double theta() {
      return 1;
    }
  }

  /** The frequencies as they are: {@code theta^(-2i / headDim)}. */
  record Default(double theta) implements Rotary {}

  /** Every frequency divided by {@code factor}. */
  record Linear(double theta, double factor) implements Rotary {}

  /**
   * Llama 3.1's scaling: long wavelengths divided by {@code factor}, short ones kept, those between
   * interpolated.
   *
   * @param lowFreqFactor wavelengths above {@code originalMaxPositionEmbeddings / lowFreqFactor}
   *     are long
   * @param highFreqFactor wavelengths below {@code originalMaxPositionEmbeddings / highFreqFactor}
   *     are short; greater than {@code lowFreqFactor}
   */
  record Llama3(
      double theta,
      double factor,
      double lowFreqFactor,
      double highFreqFactor,
      int originalMaxPositionEmbeddings)
      implements Rotary {}

  /**
   * YaRN (arXiv 2309.00071): dimensions that turn often within the original length are kept, those
   * that turn seldom divided by {@code factor}, those between are mixed along a ramp.
   *
   * @param betaFast turns from which on a dimension is kept
   * @param betaSlow turns up to which it is divided
   * @param truncate whether the ramp's ends are whole dimensions
   */
  record Yarn(
      double theta,
      double factor,
      double attentionFactor,
      double betaFast,
      double betaSlow,
      int originalMaxPositionEmbeddings,
      boolean truncate)
      implements Rotary {

    /** The attention factor of a configuration that gives none. */
    static double attentionFactor(double factor, double mscale, double mscaleAllDim) {
      return mscale != 0 && mscaleAllDim != 0
          ? scale(factor, mscale) / scale(factor, mscaleAllDim)
          : scale(factor, 1);
    }

    private static double scale(double factor, double mscale) {
      return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
    }

    /** Where the ramp begins, counted in pairs of dimensions. */
    public double low(int headDim) {
      double low = dimension(betaFast, headDim);
      return Math.max(truncate ? Math.floor(low) : low, 0);
    }

    /** Where it ends: beyond its beginning. */
    public double high(int headDim) {
      double high = dimension(betaSlow, headDim);
      double end = Math.min(truncate ? Math.ceil(high) : high, headDim - 1.0);
      return end == low(headDim) ? end + 0.001 : end;
    }

    private double dimension(double turns, int headDim) {
      double wavelengths = originalMaxPositionEmbeddings / (turns * 2 * Math.PI);
      return headDim * Math.log(wavelengths) / (2 * Math.log(theta));
    }
  }

  /**
   * NTK-aware scaling that follows the length of the row: up to {@code maxPositionEmbeddings}
   * tokens the frequencies as they are, above them those of a larger base for all positions. As a
   * model computes it that has seen no other row: transformers remembers longer ones.
   */
  record Dynamic(double theta, double factor, int maxPositionEmbeddings) implements Rotary {
    @Override
    public int stretch(int tokens) {
      return tokens > maxPositionEmbeddings ? tokens : 0;
    }

    @Override
    public int mostOfShortRows() {
      return maxPositionEmbeddings;
    }
  }

  /**
   * LongRoPE (arXiv 2402.13753): a factor of its own for each frequency, and others for all
   * positions of rows that are longer than the original length.
   *
   * @param shortFactors {@code headDim / 2} of them
   * @param longFactors as many
   */
  record LongRope(
      double theta,
      List<Double> shortFactors,
      List<Double> longFactors,
      double attentionFactor,
      int originalMaxPositionEmbeddings)
      implements Rotary {

    public LongRope {
      shortFactors = List.copyOf(shortFactors);
      longFactors = List.copyOf(longFactors);
    }

    /** The attention factor of a configuration that gives none. */
    static double attentionFactor(double factor, int originalMaxPositionEmbeddings) {
      return factor <= 1
          ? 1
          : Math.sqrt(1 + Math.log(factor) / Math.log(originalMaxPositionEmbeddings));
    }

    @Override
    public int stretch(int tokens) {
      return tokens > originalMaxPositionEmbeddings ? 1 : 0;
    }

    @Override
    public int mostOfShortRows() {
      return originalMaxPositionEmbeddings;
    }
  }
}
