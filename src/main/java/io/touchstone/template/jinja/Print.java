package io.touchstone.template.jinja;

/** {@code {{ expression }}}. */
record Print(Expression expression, int line) implements Statement {

  @Override
  public Flow execute(Scope scope, Output output) {
    scope.rendering().at(line);
    output.append(Printing.str(expression.evaluate(scope)));
    return Flow.NORMAL;
  }
}
