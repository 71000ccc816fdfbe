package io.touchstone.template.jinja.tree;

import java.util.List;

/** {@code {% with a = b %}...{% endwith %}}. */
public record WithBlock(List<Assignment> assignments, Body body, int line)
    implements StatementNode {

  /** One of its variables. */
  public record Assignment(Target target, ExpressionNode value) {}

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
