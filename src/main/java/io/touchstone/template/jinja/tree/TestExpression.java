package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.builtin.Test;
import io.touchstone.template.jinja.python.PythonError;
import org.jspecify.annotations.Nullable;

/**
 * {@code of is name(arguments)}.
 *
 * @param test null where jinja2 has none of that name, which is an error once it is reached
 */
public record TestExpression(
    ExpressionNode of, String name, @Nullable Test test, ArgumentList arguments)
    implements ExpressionNode {
  @Override
  public Object evaluate(Scope scope) {
    scope.rendering().step();
    if (test == null) {
      throw new PythonError("no test named '" + name + "'");
    }
    Object value = of.evaluate(scope);
    return test.of(value, arguments.evaluate(scope), scope.rendering());
  }
}
