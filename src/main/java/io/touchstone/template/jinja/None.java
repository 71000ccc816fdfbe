package io.touchstone.template.jinja;

/** Python's {@code None}; an object of its own, so that Java's null never is a value. */
enum None {
  VALUE
}
