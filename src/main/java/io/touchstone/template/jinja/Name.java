package io.touchstone.template.jinja;

/** A variable. */
record Name(String name) implements Expression {

  @Override
  public Object evaluate(Scope scope) {
    return scope.get(name);
  }
}
