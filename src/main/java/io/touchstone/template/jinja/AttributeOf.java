package io.touchstone.template.jinja;

/** {@code of.name}. */
record AttributeOf(Expression of, String name) implements Expression {

  @Override
  public Object evaluate(Scope scope) {
    scope.rendering().step();
    return Attributes.get(of.evaluate(scope), name);
  }
}
