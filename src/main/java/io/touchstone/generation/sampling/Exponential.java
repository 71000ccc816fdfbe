package io.touchstone.generation.sampling;

/**
 * The exponential function of numbers up to 0, to within two units of the last place. Of products
 * and sums alone, and hence the same on every machine, which {@link Math#exp} is not; and several
 * times as fast as {@link StrictMath#exp}.
 */
final class Exponential {
  /** Steps of a power of two: x = (64 k + j) ln(2)/64 + r. */
  private static final int STEPS = 64;

  private static final int STEP_BITS = 6;
  private static final double STEPS_PER_UNIT = STEPS * 1.4426950408889634;

  /** ln(2)/64 in two parts; products of the first one with any k are exact. */
  private static final double STEP_HIGH = 0x1.62e42fee00000p-1 / STEPS;

  private static final double STEP_LOW = 0x1.a39ef35793c76p-33 / STEPS;

  /** Added to a number and taken away it rounds it; in between the last bits are the integer. */
  private static final double ROUNDER = 0x1.8p52;

  /** Below it the result is no normal number. */
  private static final double LEAST = -708;

  private static final int EXPONENT_BIAS = 1023;
  private static final int MANTISSA_BITS = 52;

  /** 2^(j/64). */
  private static final double[] POWERS = new double[STEPS];

  static {
    for (int j = 0; j < STEPS; j++) {
      POWERS[j] = StrictMath.pow(2, (double) j / STEPS);
    }
  }

  private Exponential() {}

  static double of(double x) {
    if (x < LEAST) {
      return 0;
    }
    double shifted = x * STEPS_PER_UNIT + ROUNDER;
    int n = (int) Double.doubleToRawLongBits(shifted);
    double steps = shifted - ROUNDER;
    double r = x - steps * STEP_HIGH - steps * STEP_LOW;
    // |r| < 0.0055: the next term of e^r - 1 is below 1e-16.
    double rest = r + r * r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0))));
    double power = POWERS[n & STEPS - 1];
    long exponent = (long) (n >> STEP_BITS) + EXPONENT_BIAS;
    return (power + power * rest) * Double.longBitsToDouble(exponent << MANTISSA_BITS);
  }
}
