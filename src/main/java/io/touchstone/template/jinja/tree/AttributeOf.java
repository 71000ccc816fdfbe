package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.builtin.AttributeLookup;

/** {@code of.name}. */
public record AttributeOf(ExpressionNode of, String name) implements ExpressionNode {
  @Override
  public Object evaluate(Scope scope) {
    scope.rendering().step();
    return AttributeLookup.get(of.evaluate(scope), name);
  }
}
