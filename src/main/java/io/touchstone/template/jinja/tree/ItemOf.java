package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.builtin.Subscript;

/** {@code of[key]}. */
public record ItemOf(ExpressionNode of, ExpressionNode key) implements ExpressionNode {
  @Override
  public Object evaluate(Scope scope) {
    scope.rendering().step();
    Object value = of.evaluate(scope);
    return Subscript.get(value, key.evaluate(scope));
  }
}
