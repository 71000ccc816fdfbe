package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Printing;
import java.util.List;
import java.util.stream.Collectors;

/** {@code a ~ b ~ c}. */
public record Concatenation(List<ExpressionNode> parts) implements ExpressionNode {
  @Override
  public Object evaluate(Scope scope) {
    StringBuilder out = new StringBuilder();
    for (ExpressionNode part : parts) {
      String text = Printing.str(part.evaluate(scope));
      scope.rendering().make(text.length());
      out.append(text);
    }
    return out.toString();
  }

  @Override
  public String fixedWords() {
    return parts.stream().map(ExpressionNode::fixedWords).collect(Collectors.joining());
  }
}
