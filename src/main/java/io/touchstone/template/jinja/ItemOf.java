package io.touchstone.template.jinja;

/** {@code of[key]}. */
record ItemOf(Expression of, Expression key) implements Expression {

  @Override
  public Object evaluate(Scope scope) {
    scope.rendering().step();
    Object value = of.evaluate(scope);
    return Subscript.get(value, key.evaluate(scope));
  }
}
