package io.touchstone.template.jinja;

/** {@code -a}, {@code +a} or {@code not a}. */
record Unary(Operator operator, Expression operand) implements Expression {

  /** Which of them. */
  enum Operator {
    MINUS,
    PLUS,
    NOT
  }

  @Override
  public Object evaluate(Scope scope) {
    Object value = operand.evaluate(scope);
    return switch (operator) {
      case MINUS -> Arithmetic.negate(value);
      case PLUS -> Arithmetic.plus(value);
      case NOT -> !Truth.of(value);
    };
  }
}
