package io.touchstone.template.jinja.tree;

/** A variable. */
public record Name(String name) implements ExpressionNode {

  @Override
  public Object evaluate(Scope scope) {
    return scope.get(name);
  }
}
