package io.touchstone.template.jinja;

import io.touchstone.template.jinja.python.Str;

/** White space as Python's {@code str} has it, which is not Java's. */
public final class PythonSpace {
  private PythonSpace() {}

  /** Without what stands at both ends. */
  public static String strip(String text) {
    return Str.strip(text, null);
  }

  /** Without what stands at the end. */
  public static String stripRight(String text) {
    return Str.stripRight(text, null);
  }
}
