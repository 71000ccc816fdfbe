package io.touchstone.template.jinja;

import org.jspecify.annotations.Nullable;

/**
 * {@code of is name(arguments)}.
 *
 * @param test null where jinja2 has none of that name, which is an error once it is reached
 */
record TestExpression(Expression of, String name, @Nullable Test test, ArgumentList arguments)
    implements Expression {

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
