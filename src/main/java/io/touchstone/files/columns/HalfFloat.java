package io.touchstone.files.columns;

/** IEEE 754 numbers of 16 bits: one of sign, five of exponent, ten of fraction. */
final class HalfFloat {

  private static final int FRACTION_BITS = 10;
  private static final int BIAS = 15;
  private static final int ALL_ONES = 31;

  private HalfFloat() {}

  static float toFloat(short half) {
    int exponent = half >> FRACTION_BITS & ALL_ONES;
    int fraction = half & (1 << FRACTION_BITS) - 1;
    float size;
    if (exponent == ALL_ONES) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      size = Math.scalb((float) fraction, 1 - BIAS - FRACTION_BITS);
    } else {
      size = Math.scalb((float) (fraction | 1 << FRACTION_BITS), exponent - BIAS - FRACTION_BITS);
    }
    return half < 0 ? -size : size;
  }

  /**
   * @throws ArithmeticException if no number of 16 bits is this one
   */
  static short ofFloat(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    if (Float.isNaN(value)) {
      return (short) 0x7e00;
    }
    if (Float.isInfinite(value)) {
      return (short) (sign | ALL_ONES << FRACTION_BITS);
    }
    int exponent = Math.max(Math.getExponent(value), 1 - BIAS);
    float fraction = Math.scalb(Math.abs(value), FRACTION_BITS - exponent);
    if (exponent > BIAS || fraction != (int) fraction) {
      throw new ArithmeticException("no number of 16 bits is " + value);
    }
    int whole = (int) fraction;
    // Below the smallest exponent the first bit is not implied.
    int biased = whole < 1 << FRACTION_BITS ? 0 : exponent + BIAS;
    return (short) (sign | biased << FRACTION_BITS | whole & (1 << FRACTION_BITS) - 1);
  }
}
