package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.None;
import io.touchstone.template.jinja.python.Printing;

/** A string, number, true, false or none. */
public record Literal(Object value) implements ExpressionNode {
  public static final Literal NONE = new Literal(None.VALUE);

  @Override
  public Object evaluate(Scope scope) {
    return value;
  }

  @Override
  public String fixedWords() {
    return Printing.str(value);
  }
}
