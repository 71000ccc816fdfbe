package io.touchstone.template.jinja.python;

/** What Python or jinja2 would have raised while it renders. */
public final class PythonError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names types and the template's own words only, never a value's text
   */
  public PythonError(String message) {
    super(message, null, false, false);
  }
}
