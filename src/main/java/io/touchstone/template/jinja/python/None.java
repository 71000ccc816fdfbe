package io.touchstone.template.jinja.python;

/** Python's {@code None}; an object of its own, so that Java's null never is a value. */
public enum None {
  VALUE
}
