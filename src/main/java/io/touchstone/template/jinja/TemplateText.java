package io.touchstone.template.jinja;

/** Text that stands in the template. */
record TemplateText(String text) implements Statement {

  @Override
  public Flow execute(Scope scope, Output output) {
    output.append(text);
    return Flow.NORMAL;
  }
}
