package io.touchstone.template.jinja.python;

/** Python's comparisons. */
public enum ComparisonOperator {
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  IN,
  NOT_IN;

  public boolean holds(Object left, Object right) {
    return switch (this) {
      case EQUAL -> Equality.equal(left, right);
      case NOT_EQUAL -> !Equality.equal(left, right);
      case LESS -> Ordering.isLess(left, right);
      case LESS_OR_EQUAL -> Ordering.isLessOrEqual(left, right);
      case GREATER -> Ordering.isLess(right, left);
      case GREATER_OR_EQUAL -> Ordering.isLessOrEqual(right, left);
      case IN -> Equality.contains(right, left);
      case NOT_IN -> !Equality.contains(right, left);
    };
  }
}
