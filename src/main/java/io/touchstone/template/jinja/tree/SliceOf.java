package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Slice;
import java.util.List;

/**
 * {@code of[start:stop:step]}.
 *
 * @param bounds start, stop and step; none where left out
 */
public record SliceOf(ExpressionNode of, List<ExpressionNode> bounds) implements ExpressionNode {
  @Override
  public Object evaluate(Scope scope) {
    scope.rendering().step();
    Object value = of.evaluate(scope);
    return Slice.of(value, ListExpression.values(bounds, scope), scope.rendering());
  }
}
