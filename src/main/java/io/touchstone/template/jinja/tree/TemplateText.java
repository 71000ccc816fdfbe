package io.touchstone.template.jinja.tree;

/** Text that stands in the template. */
public record TemplateText(String text) implements StatementNode {
  @Override
  public Flow execute(Scope scope, Output output) {
    output.append(text);
    return Flow.NORMAL;
  }
}
