package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.Ordering;
import java.util.List;

/** {@code a < b <= c}, {@code a in b}. */
public record ComparisonChain(ExpressionNode first, List<Operand> others)
    implements ExpressionNode {

  /** An operator and what stands on its right. */
  public record Operand(Operator operator, ExpressionNode expression) {}

  /** Python's comparisons. */
  public enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    IN,
    NOT_IN;

    public boolean holds(Object left, Object right) {
      return switch (this) {
        case EQUAL -> Equality.equal(left, right);
        case NOT_EQUAL -> !Equality.equal(left, right);
        case LESS -> Ordering.isLess(left, right);
        case LESS_OR_EQUAL -> Ordering.isLessOrEqual(left, right);
        case GREATER -> Ordering.isLess(right, left);
        case GREATER_OR_EQUAL -> Ordering.isLessOrEqual(right, left);
        case IN -> Equality.contains(right, left);
        case NOT_IN -> !Equality.contains(right, left);
      };
    }
  }

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
