package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.builtin.Filter;
import io.touchstone.template.jinja.python.PythonError;
import org.jspecify.annotations.Nullable;

/**
 * {@code of|name(arguments)}.
 *
 * @param filter null where jinja2 has none of that name, which is an error once it is reached
 */
public record FilterExpression(
    ExpressionNode of, String name, @Nullable Filter filter, ArgumentList arguments)
    implements ExpressionNode {
  @Override
  public Object evaluate(Scope scope) {
    scope.rendering().step();
    if (filter == null) {
      throw new PythonError("no filter named '" + name + "'");
    }
    Object value = of.evaluate(scope);
    return filter.apply(value, arguments.evaluate(scope), scope.rendering());
  }
}
