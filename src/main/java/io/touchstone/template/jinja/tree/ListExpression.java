package io.touchstone.template.jinja.tree;

import java.util.ArrayList;
import java.util.List;

/** {@code [a, b]}. */
public record ListExpression(List<ExpressionNode> items) implements ExpressionNode {
  @Override
  public Object evaluate(Scope scope) {
    return values(items, scope);
  }

  static List<Object> values(List<ExpressionNode> items, Scope scope) {
    scope.rendering().makeItems(items.size());
    List<Object> values = new ArrayList<>(items.size());
    for (ExpressionNode item : items) {
      values.add(item.evaluate(scope));
    }
    return values;
  }
}
