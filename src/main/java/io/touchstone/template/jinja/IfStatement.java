package io.touchstone.template.jinja;

import java.util.List;

/** {@code {% if %} {% elif %} {% else %}}; the else is a branch whose condition is true. */
record IfStatement(List<Branch> branches) implements Statement {

  /** A condition and what it guards. */
  record Branch(Expression condition, Body body, int line) {}

  @Override
  public Flow execute(Scope scope, Output output) {
    for (Branch branch : branches) {
      scope.rendering().at(branch.line);
      if (Truth.of(branch.condition.evaluate(scope))) {
        return branch.body.execute(scope, output);
      }
    }
    return Flow.NORMAL;
  }
}
