package io.touchstone.template.jinja;

/** {@code a and b}, {@code a or b}: the operand that decides. */
record Logical(Operator operator, Expression left, Expression right) implements Expression {

  /** Which of the two. */
  enum Operator {
    AND,
    OR
  }

  @Override
  public Object evaluate(Scope scope) {
    Object value = left.evaluate(scope);
    return Truth.of(value) == (operator == Operator.OR) ? value : right.evaluate(scope);
  }
}
