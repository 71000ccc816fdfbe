package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Tuple;
import java.util.List;

/** {@code (a, b)}, or {@code a, b}. */
public record TupleExpression(List<ExpressionNode> items) implements ExpressionNode {
  @Override
  public Object evaluate(Scope scope) {
    return Tuple.of(ListExpression.values(items, scope));
  }
}
