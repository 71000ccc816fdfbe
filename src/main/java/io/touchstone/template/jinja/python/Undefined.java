package io.touchstone.template.jinja.python;

/** What jinja2 gives for a name, attribute or item that does not exist. */
public enum Undefined {
  VALUE
}
