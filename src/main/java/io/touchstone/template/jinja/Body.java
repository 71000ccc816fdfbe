package io.touchstone.template.jinja;

import java.util.List;
import java.util.Set;

/**
 * Statements in a row.
 *
 * @param hidden names that are the body's own from its beginning (see {@link FrameNames})
 */
record Body(List<Statement> statements, Set<String> hidden) {

  Flow execute(Scope scope, Output output) {
    for (Statement statement : statements) {
      Flow flow = statement.execute(scope, output);
      if (flow != Flow.NORMAL) {
        return flow;
      }
    }
    return Flow.NORMAL;
  }
}
