package io.touchstone.template.jinja.python;

import io.touchstone.template.jinja.TemplateException;

/** What Python or jinja2 would have raised; becomes a {@link TemplateException} with its line. */
public final class PythonError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names types and the template's own words only, never a value's text
   */
  public PythonError(String message) {
    super(message, null, false, false);
  }
}
