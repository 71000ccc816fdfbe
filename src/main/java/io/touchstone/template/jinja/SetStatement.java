package io.touchstone.template.jinja;

/** {@code {% set target = value %}}. */
record SetStatement(Target target, Expression value, int line) implements Statement {

  @Override
  public Flow execute(Scope scope, Output output) {
    scope.rendering().at(line);
    target.check(scope);
    target.assign(value.evaluate(scope), scope);
    return Flow.NORMAL;
  }
}
