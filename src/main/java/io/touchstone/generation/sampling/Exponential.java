package io.touchstone.generation.sampling;

/**
 * The exponential function of numbers up to 0, to within a unit or two of the last place. Of
 * products and sums alone, and hence the same on every machine, which {@link Math#exp} is not; and
 * faster than {@link StrictMath#exp}.
 */
final class Exponential {
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN2_HIGH = 0x1.62e42fee00000p-1;
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /** Below it the result is no normal number. */
  private static final double LEAST = -708;

  private static final int EXPONENT_BIAS = 1023;
  private static final int MANTISSA_BITS = 52;

  /** 1/n!, from n = 13 down to 0: on |r| < ln(2)/2 the next term is below 1e-17. */
  private static final double[] TAYLOR = taylor();

  private Exponential() {}

  private static double[] taylor() {
    double[] terms = new double[14];
    double factorial = 1;
    for (int n = 0; n < terms.length; n++) {
      factorial *= Math.max(1, n);
      terms[terms.length - 1 - n] = 1 / factorial;
    }
    return terms;
  }

  static double of(double x) {
    if (x < LEAST) {
      return 0;
    }
    double n = Math.rint(x * LOG2_E);
    double r = x - n * LN2_HIGH - n * LN2_LOW;
    double sum = TAYLOR[0];
    for (int i = 1; i < TAYLOR.length; i++) {
      sum = sum * r + TAYLOR[i];
    }
    return sum * Double.longBitsToDouble((long) n + EXPONENT_BIAS << MANTISSA_BITS);
  }
}
