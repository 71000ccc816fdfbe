package io.touchstone.template.jinja;

import java.util.List;

/**
 * {@code of[start:stop:step]}.
 *
 * @param bounds start, stop and step; none where left out
 */
record SliceOf(Expression of, List<Expression> bounds) implements Expression {

  @Override
  public Object evaluate(Scope scope) {
    scope.rendering().step();
    Object value = of.evaluate(scope);
    return Subscript.slice(value, ListExpression.values(bounds, scope), scope.rendering());
  }
}
