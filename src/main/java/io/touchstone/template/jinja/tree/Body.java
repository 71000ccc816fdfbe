package io.touchstone.template.jinja.tree;

import java.util.List;
import java.util.Set;

/**
 * Statements in a row.
 *
 * @param hidden names that are the body's own from its beginning
 */
public record Body(List<StatementNode> statements, Set<String> hidden) {

  public Flow execute(Scope scope, Output output) {
    for (StatementNode statement : statements) {
      Flow flow = statement.execute(scope, output);
      if (flow != Flow.NORMAL) {
        return flow;
      }
    }
    return Flow.NORMAL;
  }
}
