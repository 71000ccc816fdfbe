package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Value;
import java.util.List;

/** {@code {% if %} {% elif %} {% else %}}; the else is a branch whose condition is true. */
public record IfStatement(List<Branch> branches) implements StatementNode {

  /** A condition and what it guards. */
  public record Branch(ExpressionNode condition, Body body, int line) {}

  @Override
  public Flow execute(Scope scope, Output output) {
    for (Branch branch : branches) {
      scope.rendering().at(branch.line);
      if (Value.isTrue(branch.condition.evaluate(scope))) {
        return branch.body.execute(scope, output);
      }
    }
    return Flow.NORMAL;
  }
}
