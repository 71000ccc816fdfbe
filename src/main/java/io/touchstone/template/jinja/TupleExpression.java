package io.touchstone.template.jinja;

import java.util.List;

/** {@code (a, b)}, or {@code a, b}. */
record TupleExpression(List<Expression> items) implements Expression {

  @Override
  public Object evaluate(Scope scope) {
    return Tuple.of(ListExpression.values(items, scope));
  }
}
