package io.touchstone.template.jinja;

/** What jinja2 gives for a name, attribute or item that does not exist. */
enum Undefined {
  VALUE
}
