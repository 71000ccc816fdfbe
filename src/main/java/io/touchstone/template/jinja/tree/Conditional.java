package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Value;

/** {@code a if condition else b}. */
public record Conditional(ExpressionNode condition, ExpressionNode then, ExpressionNode otherwise)
    implements ExpressionNode {
  @Override
  public Object evaluate(Scope scope) {
    return Value.isTrue(condition.evaluate(scope))
        ? then.evaluate(scope)
        : otherwise.evaluate(scope);
  }
}
