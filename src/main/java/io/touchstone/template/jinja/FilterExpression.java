package io.touchstone.template.jinja;

import org.jspecify.annotations.Nullable;

/**
 * {@code of|name(arguments)}.
 *
 * @param filter null where jinja2 has none of that name, which is an error once it is reached
 */
record FilterExpression(Expression of, String name, @Nullable Filter filter, ArgumentList arguments)
    implements Expression {

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
