package io.touchstone.template.jinja;

import java.util.List;
import java.util.stream.Collectors;

/** {@code a ~ b ~ c}. */
record Concatenation(List<Expression> parts) implements Expression {

  @Override
  public Object evaluate(Scope scope) {
    StringBuilder out = new StringBuilder();
    for (Expression part : parts) {
      String text = Printing.str(part.evaluate(scope));
      scope.rendering().make(text.length());
      out.append(text);
    }
    return out.toString();
  }

  @Override
  public String fixedWords() {
    return parts.stream().map(Expression::fixedWords).collect(Collectors.joining());
  }
}
