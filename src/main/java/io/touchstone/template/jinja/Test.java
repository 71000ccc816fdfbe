package io.touchstone.template.jinja;

/** What {@code value is name(...)} asks. */
interface Test {
  boolean of(Object value, Arguments arguments, Rendering rendering);
}
