package io.touchstone.template.jinja;

/** Arithmetic on two values. */
record Binary(Operator operator, Expression left, Expression right) implements Expression {

  /** Python's arithmetic operators. */
  enum Operator {
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
      case ADD -> Arithmetic.add(a, b, rendering);
      case SUBTRACT -> Arithmetic.subtract(a, b);
      case MULTIPLY -> Arithmetic.multiply(a, b, rendering);
      case DIVIDE -> Arithmetic.divide(a, b);
      case FLOOR_DIVIDE -> Arithmetic.floorDivide(a, b);
      case MODULO -> Arithmetic.modulo(a, b, rendering);
      case POWER -> Arithmetic.power(a, b);
    };
  }

  @Override
  public String fixedWords() {
    return operator == Operator.ADD ? left.fixedWords() + right.fixedWords() : "…";
  }
}
