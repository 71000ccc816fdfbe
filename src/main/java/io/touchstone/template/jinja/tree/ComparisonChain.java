package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.ComparisonOperator;
import java.util.List;

/** {@code a < b <= c}, {@code a in b}. */
public record ComparisonChain(ExpressionNode first, List<Operand> others)
    implements ExpressionNode {

  /** An operator and what stands on its right. */
  public record Operand(ComparisonOperator operator, ExpressionNode expression) {}

  @Override
  public Object evaluate(Scope scope) {
    scope.rendering().step();
    Object left = first.evaluate(scope);
    for (Operand operand : others) {
      Object right = operand.expression.evaluate(scope);
      if (!operand.operator.holds(left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }
}
