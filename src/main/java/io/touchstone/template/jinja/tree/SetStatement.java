package io.touchstone.template.jinja.tree;

/** {@code {% set target = value %}}. */
public record SetStatement(Target target, ExpressionNode value, int line) implements StatementNode {
  @Override
  public Flow execute(Scope scope, Output output) {
    scope.rendering().at(line);
    target.check(scope);
    target.assign(value.evaluate(scope), scope);
    return Flow.NORMAL;
  }
}
