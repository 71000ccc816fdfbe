package io.touchstone.template.jinja;

/** {@code a if condition else b}. */
record Conditional(Expression condition, Expression then, Expression otherwise)
    implements Expression {

  @Override
  public Object evaluate(Scope scope) {
    return Truth.of(condition.evaluate(scope)) ? then.evaluate(scope) : otherwise.evaluate(scope);
  }
}
