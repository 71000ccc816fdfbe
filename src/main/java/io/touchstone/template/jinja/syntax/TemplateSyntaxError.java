package io.touchstone.template.jinja.syntax;

/** What jinja2 would have raised while it reads a template's source. */
public final class TemplateSyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  TemplateSyntaxError(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  public int line() {
    return line;
  }
}
