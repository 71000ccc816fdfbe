package io.touchstone.template.jinja;

import java.util.ArrayList;
import java.util.List;

/** {@code [a, b]}. */
record ListExpression(List<Expression> items) implements Expression {

  @Override
  public Object evaluate(Scope scope) {
    return values(items, scope);
  }

  static List<Object> values(List<Expression> items, Scope scope) {
    scope.rendering().makeItems(items.size());
    List<Object> values = new ArrayList<>(items.size());
    for (Expression item : items) {
      values.add(item.evaluate(scope));
    }
    return values;
  }
}
