package io.touchstone.template.jinja.tree;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code {% macro name(parameters) %}}, or the body of a call block.
 *
 * @param name empty for a call block's body
 * @param read names that the body reads before it writes them: decides whether it takes {@code
 *     caller}, {@code varargs} and {@code kwargs}
 */
public record MacroDefinition(String name, List<Parameter> parameters, Body body, Set<String> read)
    implements StatementNode {

  /** A parameter and what it is where the call does not say. */
  public record Parameter(String name, @Nullable ExpressionNode fallback) {}

  @Override
  public Flow execute(Scope scope, Output output) {
    scope.put(name, new Macro(this, scope));
    return Flow.NORMAL;
  }
}
