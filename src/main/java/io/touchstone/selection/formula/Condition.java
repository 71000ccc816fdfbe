package io.touchstone.selection.formula;

import java.io.Serializable;
import java.util.Set;

/** What holds or does not hold. */
sealed interface Condition extends Expression, Serializable {

  /**
   * @throws ArithmeticException if an infinite or undefined number would be compared
   */
  boolean holds(NamedValues values);

  record Both(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(NamedValues values) {
      return left.holds(values) && right.holds(values);
    }
  }

  record Either(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(NamedValues values) {
      return left.holds(values) || right.holds(values);
    }
  }

  record Not(Condition of) implements Condition {
    @Override
    public boolean holds(NamedValues values) {
      return !of.holds(values);
    }
  }

  record Comparison(Relation relation, Arithmetic left, Arithmetic right) implements Condition {
    @Override
    public boolean holds(NamedValues values) {
      double a = finite(left.at(values::number));
      double b = finite(right.at(values::number));
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

  /** Whether what stands under a name is one of these texts, letter by letter. */
  record OneOf(String name, Set<String> texts) implements Condition {
    public OneOf {
      texts = Set.copyOf(texts);
    }

    @Override
    public boolean holds(NamedValues values) {
      return texts.contains(values.text(name));
    }
  }

  /** Whether nothing stands under a name, or null. */
  record Absent(String name) implements Condition {
    @Override
    public boolean holds(NamedValues values) {
      return !values.has(name);
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
