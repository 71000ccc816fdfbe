package io.touchstone.selection.formula;

import java.io.Serializable;
import java.util.function.ToDoubleFunction;

/** What holds or does not hold. */
sealed interface Condition extends Expression, Serializable {

  /**
   * @throws ArithmeticException if an infinite or undefined number would be compared
   */
  boolean holds(ToDoubleFunction<String> values);

  record Both(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(ToDoubleFunction<String> values) {
      return left.holds(values) && right.holds(values);
    }
  }

  record Either(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(ToDoubleFunction<String> values) {
      return left.holds(values) || right.holds(values);
    }
  }

  record Not(Condition of) implements Condition {
    @Override
    public boolean holds(ToDoubleFunction<String> values) {
      return !of.holds(values);
    }
  }

  record Comparison(Relation relation, Arithmetic left, Arithmetic right) implements Condition {
    @Override
    public boolean holds(ToDoubleFunction<String> values) {
      double a = finite(left.at(values));
      double b = finite(right.at(values));
      return switch (relation) {
        case AT_LEAST -> a >= b;
        case AT_MOST -> a <= b;
        case ABOVE -> a > b;
        case BELOW -> a < b;
        case EQUAL -> a == b;
        case DIFFERENT -> a != b;
      };
    }

    private static double finite(double value) {
      if (!Double.isFinite(value)) {
        throw new ArithmeticException("expected a finite number to compare, found " + value);
      }
      return value;
    }
  }

  enum Relation {
    AT_LEAST,
    AT_MOST,
    ABOVE,
    BELOW,
    EQUAL,
    DIFFERENT
  }
}
