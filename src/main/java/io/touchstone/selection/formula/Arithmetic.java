package io.touchstone.selection.formula;

import java.io.Serializable;
import java.util.function.ToDoubleFunction;

/** What gives a number. */
sealed interface Arithmetic extends Expression, Serializable {

  /**
   * @return may be infinite or undefined, as of a division by zero
   */
  double at(ToDoubleFunction<String> values);

  record Constant(double value) implements Arithmetic {
    @Override
    public double at(ToDoubleFunction<String> values) {
      return value;
    }
  }

  record Name(String name) implements Arithmetic {
    @Override
    public double at(ToDoubleFunction<String> values) {
      return values.applyAsDouble(name);
    }
  }

  record Negated(Arithmetic of) implements Arithmetic {
    @Override
    public double at(ToDoubleFunction<String> values) {
      return -of.at(values);
    }
  }

  record Operation(Operator operator, Arithmetic left, Arithmetic right) implements Arithmetic {
    @Override
    public double at(ToDoubleFunction<String> values) {
      double a = left.at(values);
      double b = right.at(values);
      return switch (operator) {
        case PLUS -> a + b;
        case MINUS -> a - b;
        case TIMES -> a * b;
        case OVER -> a / b;
      };
    }
  }

  enum Operator {
    PLUS,
    MINUS,
    TIMES,
    OVER
  }
}
