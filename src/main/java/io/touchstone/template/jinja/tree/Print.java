package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Printing;

/** {@code {{ expression }}}. */
public record Print(ExpressionNode expression, int line) implements StatementNode {
  @Override
  public Flow execute(Scope scope, Output output) {
    scope.rendering().at(line);
    output.append(Printing.str(expression.evaluate(scope)));
    return Flow.NORMAL;
  }
}
