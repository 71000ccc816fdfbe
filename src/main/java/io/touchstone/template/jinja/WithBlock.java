package io.touchstone.template.jinja;

import java.util.List;

/** {@code {% with a = b %}...{% endwith %}}. */
record WithBlock(List<Assignment> assignments, Body body, int line) implements Statement {

  /** One of its variables. */
  record Assignment(Target target, Expression value) {}

  @Override
  public Flow execute(Scope scope, Output output) {
    scope.rendering().at(line);
    Scope inner = scope.inner(body.hidden());
    for (Assignment assignment : assignments) {
      assignment.target.assign(assignment.value.evaluate(scope), inner);
    }
    return body.execute(inner, output);
  }
}
