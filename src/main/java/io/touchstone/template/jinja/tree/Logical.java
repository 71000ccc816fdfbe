package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Value;

/** {@code a and b}, {@code a or b}: the operand that decides. */
public record Logical(Operator operator, ExpressionNode left, ExpressionNode right)
    implements ExpressionNode {

  /** Which of the two. */
  public enum Operator {
    AND,
    OR
  }

  @Override
  public Object evaluate(Scope scope) {
    Object value = left.evaluate(scope);
    return Value.isTrue(value) == (operator == Operator.OR) ? value : right.evaluate(scope);
  }
}
