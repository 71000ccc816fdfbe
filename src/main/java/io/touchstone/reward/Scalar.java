package io.touchstone.reward;

import java.util.function.ToDoubleFunction;

/** One number made of those that a reward has under its attributes' names. */
@FunctionalInterface
public interface Scalar {

  /**
   * @throws ArithmeticException if the number is infinite or undefined
   */
  double of(ToDoubleFunction<String> attributes);
}
