package io.touchstone.checkpoint.config;

/** How positions turn into angles; all of {@code headDim} is rotated. */
public sealed interface Rotary {
  /** The base of the frequencies. */
  double theta();

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
}
