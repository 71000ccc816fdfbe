package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Operators;
import io.touchstone.template.jinja.python.Value;

/** {@code -a}, {@code +a} or {@code not a}. */
public record Unary(Operator operator, ExpressionNode operand) implements ExpressionNode {

  /** Which of them. */
  public enum Operator {
    MINUS,
    PLUS,
    NOT
  }

  @Override
  public Object evaluate(Scope scope) {
    Object value = operand.evaluate(scope);
    return switch (operator) {
      case MINUS -> Operators.negate(value);
      case PLUS -> Operators.plus(value);
      case NOT -> !Value.isTrue(value);
    };
  }
}
