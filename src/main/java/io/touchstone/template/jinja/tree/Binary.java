package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Operators;
import io.touchstone.template.jinja.python.Rendering;

/** Operators on two values. */
public record Binary(Operator operator, ExpressionNode left, ExpressionNode right)
    implements ExpressionNode {

  /** Python's arithmetic operators. */
  public enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    FLOOR_DIVIDE,
    MODULO,
    POWER
  }

  @Override
  public Object evaluate(Scope scope) {
    Rendering rendering = scope.rendering();
    rendering.step();
    Object a = left.evaluate(scope);
    Object b = right.evaluate(scope);
    return switch (operator) {
      case ADD -> Operators.add(a, b, rendering);
      case SUBTRACT -> Operators.subtract(a, b);
      case MULTIPLY -> Operators.multiply(a, b, rendering);
      case DIVIDE -> Operators.divide(a, b);
      case FLOOR_DIVIDE -> Operators.floorDivide(a, b);
      case MODULO -> Operators.modulo(a, b, rendering);
      case POWER -> Operators.power(a, b);
    };
  }

  @Override
  public String fixedWords() {
    return operator == Operator.ADD ? left.fixedWords() + right.fixedWords() : "…";
  }
}
