package io.touchstone.template.jinja;

/**
 * A template that does not parse, that raised, or that went over a bound. Unchecked: it passes
 * through every level of the evaluator, and one place, where a conversation becomes a rejection,
 * handles it. Its message holds the template's own words, types and positions, never a
 * conversation's text.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TemplateException(String message) {
    super(message);
  }

  static TemplateException at(int line, String message) {
    return new TemplateException("chat template, line " + line + ": " + message);
  }
}
